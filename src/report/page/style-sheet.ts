/** The look of the page, light and dark as the reader's system is. Every color of text has a contrast of 4.5 and more. */
export const styleSheet = `
:root { color-scheme: light dark; --text: #1b1f24; --page: #ffffff; --soft: #f3f5f7; --line: #c9d1d9; --dim: #4f5964;
  --good: #116329; --warn: #7d4e00; --bad: #b00020; --link: #0a4fa8; --plus: #e6f6ea; --minus: #fdebec; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --page: #0d1117; --soft: #161b22; --line: #3d444d;
  --dim: #a3adb8; --good: #5fd37a; --warn: #e3b341; --bad: #ff8a80; --link: #7cb7ff; --plus: #12301c; --minus: #3a1a1d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .25rem 0; }
.dim { color: var(--dim); }
.wide { overflow-x: auto; }
.wide:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; overflow-wrap: normal; }
caption { text-align: left; color: var(--dim); }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); }
tbody th { font-weight: 600; min-width: 8rem; overflow-wrap: anywhere; }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: 0 .75rem; }
details[open] { padding-bottom: .75rem; }
summary { cursor: pointer; padding: .5rem 0; }
pre { background: var(--soft); border-radius: .4rem; padding: .5rem .75rem; margin: .25rem 0 .75rem; white-space: pre-wrap;
  font: .875rem/1.45 ui-monospace, monospace; }
ins { background: var(--plus); color: var(--good); text-decoration: none; }
del { background: var(--minus); color: var(--bad); text-decoration: none; }
.state { font-weight: 600; white-space: nowrap; color: var(--dim); }
.ok, .clean { color: var(--good); }
.changed, .drifted, .ignored, .rescued { color: var(--warn); }
.failed, .unreachable { color: var(--bad); }
ol.strip { display: flex; flex-wrap: wrap; gap: .2rem; list-style: none; margin: .25rem 0 1rem; padding: 0; }
ol.strip li { width: 1.4rem; text-align: center; border: 1px solid var(--line); border-radius: .25rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { details { break-inside: avoid; } }
`
