/** Colours for light and dark; between words and what they stand on there is contrast enough to read (WCAG AA). */
export const STYLE = `
:root { --ground: #ffffff; --ink: #1b1f24; --dim: #57606a; --box: #f6f8fa; --edge: #d0d7de; --item: #ffffff; --sidecar: #0969da; --ambient: #8250df; --none: #57606a; --yes: #1a7f37; --no: #cf222e; --tls: #0969da; --unclear: #9a6700; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0d1117; --ink: #e6edf3; --dim: #9da7b3; --box: #161b22; --edge: #30363d; --item: #0d1117; --sidecar: #58a6ff; --ambient: #bc8cff; --none: #9da7b3; --yes: #3fb950; --no: #ff7b72; --tls: #58a6ff; --unclear: #d29922; }
}
.ground { fill: var(--ground); }
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Helvetica, Arial, sans-serif; font-size: 11px; fill: var(--dim); }
.box rect { fill: var(--box); stroke: var(--edge); }
.box text { font-size: 13px; font-weight: 600; fill: var(--none); }
.box.sidecar text { fill: var(--sidecar); }
.box.ambient text { fill: var(--ambient); }
.item rect { fill: var(--item); stroke: var(--dim); }
.item text { text-anchor: middle; }
.item .name { font-size: 14px; font-weight: 600; fill: var(--ink); }
.gateway rect { stroke: var(--sidecar); stroke-width: 2; }
.external rect, .outside rect, .anybody rect { stroke-dasharray: 5 3; }
.namespace rect { stroke-width: 2; }
.arrow path { fill: none; stroke: var(--yes); stroke-width: 1.4; }
.arrow.tls path { stroke: var(--tls); }
.arrow.no path { stroke: var(--no); stroke-dasharray: 6 4; }
.arrow.unclear path { stroke: var(--unclear); stroke-dasharray: 2 3; }
.head { fill: var(--yes); }
.head.tls { fill: var(--tls); }
.head.no { fill: var(--no); }
.head.unclear { fill: var(--unclear); }
.label rect { fill: var(--ground); opacity: 0.88; }
.label text { text-anchor: middle; fill: var(--ink); }
`;
