/** How the page looks: in the colours of the system, legible in light and in dark, on paper and on a telephone. */
export const STYLE = `
:root { color-scheme: light dark; --error: #b00020; --warning: #7a4f00; --info: #004a9f; --hint: #555; --line: #ccc; --code: #eee; }
@media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffcc66; --info: #8ab4f8; --hint: #bbb; --line: #555; --code: #2a2a2a; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; padding: 0; }
section { overflow-x: auto; position: relative; }
table { border-collapse: collapse; margin: 0 0 1.5rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th, .error, .warning, .info, .hint { white-space: nowrap; }
thead th { border-bottom-width: 2px; }
tbody th { font-weight: normal; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.none { color: var(--hint); }
code { background: var(--code); border-radius: .2rem; padding: 0 .2rem; }
.error { color: var(--error); font-weight: bold; }
.warning { color: var(--warning); font-weight: bold; }
.info { color: var(--info); }
.hint { color: var(--hint); }
`;
