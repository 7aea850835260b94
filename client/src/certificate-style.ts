/** How the certificate editor looks: colours and fonts of the user's theme, and nothing else. */

export const CERTIFICATE_STYLE = `
html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
body {
  margin: 0; padding: 0 20px 20px;
  background: var(--vscode-editor-background); color: var(--vscode-editor-foreground, var(--vscode-foreground));
  font: var(--vscode-font-size, 13px)/1.5 var(--vscode-font-family, sans-serif);
}
main { max-width: 70em; }
h1 { font-size: 1.4em; font-weight: 600; margin: 16px 0 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15em; font-weight: 600; margin: 0 0 8px; }
p { margin: 4px 0 12px; }
.what, .dim, h2 .dim { color: var(--vscode-descriptionForeground); font-weight: normal; }
.error { color: var(--vscode-editorError-foreground, var(--vscode-errorForeground)); }
.warning { color: var(--vscode-editorWarning-foreground); }
.info { color: var(--vscode-editorInfo-foreground); }
article, nav, .notice {
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent)); border-radius: 4px;
  padding: 12px 16px; margin: 12px 0;
}
.notice { background: var(--vscode-textBlockQuote-background); }
nav ol { margin: 0; padding-left: 2em; }
a { color: var(--vscode-textLink-foreground); text-decoration: none; }
a:hover { color: var(--vscode-textLink-activeForeground); text-decoration: underline; }
a:focus-visible, summary:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.button {
  padding: 0 8px; border: 1px solid var(--vscode-contrastBorder, var(--vscode-button-border, transparent)); border-radius: 2px;
  background: var(--vscode-button-secondaryBackground); color: var(--vscode-button-secondaryForeground); white-space: nowrap;
}
.button:hover { background: var(--vscode-button-secondaryHoverBackground); color: var(--vscode-button-secondaryForeground); }
.findings { list-style: none; margin: 0 0 12px; padding: 0; }
.findings li { border-left: 3px solid; padding: 2px 0 2px 10px; margin: 6px 0; }
.findings .message { color: var(--vscode-editor-foreground, var(--vscode-foreground)); }
.findings li > .dim { display: block; }
.path { list-style: none; margin: 0 0 16px; padding: 0; display: flex; flex-wrap: wrap; gap: 8px 32px; }
.path li {
  position: relative; display: flex; flex-direction: column; max-width: 20em; padding: 6px 10px; overflow-wrap: anywhere;
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-textLink-foreground)); border-radius: 4px;
}
.path .over { border-color: var(--vscode-editorError-foreground, var(--vscode-errorForeground)); }
.path .missing { border-style: dashed; border-color: var(--vscode-editorWarning-foreground); }
.path li:not(:last-child)::after { content: "→" / ""; position: absolute; left: calc(100% + 9px); top: calc(50% - 0.75em); }
table { border-collapse: collapse; margin: 0 0 12px; width: 100%; }
caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
th, td { text-align: left; vertical-align: top; padding: 2px 16px 2px 0; font-weight: normal; overflow-wrap: anywhere; }
thead th { color: var(--vscode-descriptionForeground); white-space: nowrap; }
.verdicts { width: auto; }
.bytes td:nth-child(-n+2) { font-variant-numeric: tabular-nums; white-space: nowrap; text-align: right; }
.bytes td code { white-space: pre-wrap; }
.depth-1 { padding-left: 1.5em; } .depth-2 { padding-left: 3em; } .depth-3 { padding-left: 4.5em; }
code { font-family: var(--vscode-editor-font-family, monospace); font-size: 0.95em; }
dl { margin: 0 0 8px; }
dl > div { display: grid; grid-template-columns: minmax(8em, 12em) 1fr; gap: 0 12px; padding: 1px 0; }
dt { color: var(--vscode-descriptionForeground); overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; margin-bottom: 8px; }
@media (max-width: 600px) { dl > div { grid-template-columns: 1fr; } dd { padding-left: 1em; } }
`;
