/**
 * Formulas as words: what a search index holds of them and an excerpt shows.
 * Readable rather than exact; nothing is set from it.
 */

const SIGNS: { readonly [macro: string]: string } = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  varepsilon: 'ε',
  eta: 'η',
  theta: 'θ',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  omega: 'ω',
  Delta: 'Δ',
  Sigma: 'Σ',
  Omega: 'Ω',
  nabla: '∇',
  partial: '∂',
  infty: '∞',
  sum: 'Σ',
  prod: 'Π',
  int: '∫',
  cdot: '·',
  times: '×',
  div: '÷',
  pm: '±',
  leq: '≤',
  le: '≤',
  geq: '≥',
  ge: '≥',
  neq: '≠',
  ne: '≠',
  approx: '≈',
  equiv: '≡',
  to: '→',
  leftarrow: '←',
  rightarrow: '→',
  ldots: '…',
  dots: '…',
  cdots: '…',
  in: '∈',
  lVert: '‖',
  rVert: '‖',
  Vert: '‖',
  langle: '⟨',
  rangle: '⟩',
};

/** Macros that only arrange. */
const SILENT =
  /\\(?:left|right|big|Big|bigg|displaystyle|,|;|!|quad|qquad|underbrace|overbrace|text|mathrm|mathbf|operatorname|limits)(?![a-zA-Z])/g;

/**
 * TeX as a line of plain text.
 *
 * @example plainTex('\\\\frac{e^{z_k}}{\\\\sum_j e^{z_j}}') // 'e^z_k / Σ_j e^z_j'
 */
export function plainTex(tex: string): string {
  return tex
    .replace(SILENT, ' ')
    .replace(/\\sqrt/g, '√')
    .replace(/\\[dt]?frac\s*/g, '')
    .replace(/\}\s*\{/g, ' / ')
    .replace(/\\([a-zA-Z]+)/g, (_match, macro: string) => SIGNS[macro] ?? macro)
    .replace(/[{}]|\\./g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
