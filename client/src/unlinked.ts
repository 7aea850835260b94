/** Names from files in texts that VS Code draws links and icons in: prompts, notifications and the language status run commands that way. */

/** A link is `[text](address)`, an icon `$(name)`: neither with a space before the parenthesis. */
export const unlinked = (text: string): string => text.replace(/([\]$])\(/g, "$1 (");
