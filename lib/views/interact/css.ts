/**
 * The style sheet of interactive figures: which frame is seen follows from which
 * radio buttons are checked, so that nothing needs a script. Print shows chosen
 * frames side by side. The rules know nothing of one figure in particular:
 * several on a page may bring the same.
 */

/** For up to `first` values of the first control and `second` of the other. */
export function interactCss(first: number, second: number): string {
  return [LOOK, `@supports selector(:has(*)){@media screen{${choice(first, second)}}}`, PRINT].join('\n');
}

const LOOK = `.inkwell-untrusted{display:none}
.inkwell-control{display:flex;flex-wrap:wrap;align-items:center;gap:.3em .45em;margin:0 0 .5em;padding:0;border:0;min-width:0;font-size:.95em}
.inkwell-control legend{float:left;padding:0;margin:0 .35em 0 0;font-weight:600}
.inkwell-control label{display:inline-flex;align-items:center;gap:.35em;padding:.12em .7em .12em .5em;border:1px solid rgba(128,128,128,.55);border-radius:1em;cursor:pointer;font-variant-numeric:tabular-nums}
.inkwell-control label:hover{border-color:currentColor}
.inkwell-control label:has(:checked){border-color:currentColor;box-shadow:inset 0 0 0 1px currentColor}
.inkwell-control label:has(:focus-visible){outline:3px solid #2d6fdc;outline-offset:2px}
.inkwell-control input{margin:0;accent-color:#2d6fdc}
.inkwell-control input:focus-visible{outline:none}`;

/** Rows are the values of the first control, the states in them those of the second. */
function choice(first: number, second: number): string {
  const chosen = (control: number, value: number): string =>
    `.inkwell-interact:has(.inkwell-control:nth-of-type(${control}) label:nth-of-type(${value}) :checked)`;
  const each = (count: number, rule: (value: number) => string): string =>
    Array.from({ length: count }, (_, i) => rule(i + 1)).join(',');
  const rows = each(first, (value) => `${chosen(1, value)} .inkwell-row:nth-of-type(${value})`);
  const states = each(second, (value) => `${chosen(2, value)} .inkwell-state:nth-of-type(${value})`);
  const shown = [rows, states].filter((selectors) => selectors !== '').join(',');
  return `.inkwell-interact .inkwell-row,.inkwell-interact .inkwell-state{display:none!important}${shown},.inkwell-interact:not(:has(.inkwell-control:nth-of-type(2))) .inkwell-state{display:block!important}`;
}

const PRINT = `@media print{.inkwell-control{display:none}
.inkwell-states{display:flex;flex-wrap:wrap;gap:1em 1.5em}
.inkwell-states>svg{position:absolute}
.inkwell-legend{flex-basis:100%}
.inkwell-row{display:contents!important}
.inkwell-interact .inkwell-state{display:none!important}
.inkwell-interact .inkwell-state.inkwell-print{display:block!important;flex:0 1 21em;min-width:0;break-inside:avoid}
.inkwell-state .inkwell-state-name{display:block!important;font-weight:600}
.inkwell-state .inkwell-wide{display:none!important}
.inkwell-state .inkwell-narrow{display:block!important}
.inkwell-state svg{min-width:0!important}}`;
