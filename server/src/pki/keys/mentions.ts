/** Whether a text is worth looking through for keys: asked of every file, before anything that reads keys is loaded. */

export const mentionsWebKey = (text: string): boolean => /\bkty\b/.test(text);

export const mentionsKey = (text: string): boolean => text.includes("PRIVATE KEY-----") || mentionsWebKey(text);
