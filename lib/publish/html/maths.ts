/** Formulas, set by KaTeX when the book is printed: HTML to look at, MathML to listen to. */
import { renderToString } from 'katex';
import { messageOf } from '../../core/errors';
import { escapeHtml } from '../../core/html';

export interface Formula {
  readonly tex: string;
  readonly kind: 'inline' | 'display';
}

export type SetFormula =
  | { readonly kind: 'set'; readonly html: string }
  | { readonly kind: 'refused'; readonly html: string; readonly reason: string };

/** Sets a formula; one with a mistake comes back as its source, with KaTeX's reason. */
export function setFormula({ tex, kind }: Formula): SetFormula {
  try {
    const html = renderToString(tex, {
      displayMode: kind === 'display',
      output: 'htmlAndMathml',
      throwOnError: true,
      // Commands that would load or link something stay off.
      trust: false,
      strict: 'ignore',
      maxExpand: 1000,
      maxSize: 50,
    });
    return { kind: 'set', html };
  } catch (error) {
    const reason = messageOf(error).replace(/^KaTeX parse error:\s*/, '');
    return { kind: 'refused', html: `<code class="maths-error">${escapeHtml(tex)}</code>`, reason };
  }
}
