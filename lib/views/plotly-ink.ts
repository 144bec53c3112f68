/**
 * Colours of words and lines in Plotly's figures, which do not know on which
 * page they will stand. The printed book replaces the ink by its own.
 */

/** Words and axes: no theme is known here, and this can be read on white and on dark pages. */
export const PLOTLY_INK = '#767676';
/** Arrows and shapes: seen on light pages and on dark ones, 3 : 1 on both. */
export const PLOTLY_LINE = '#888888';
