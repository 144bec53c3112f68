/** Prose for students: the questions of a questionnaire without their folded answers. */
import type { Cell } from '../notebook/format';
import { lastHeading } from '../runner/outline';

const FOLDED = /<details[^>]*>\s*<summary[^>]*>([\s\S]*?)<\/summary>[\s\S]*?<\/details>/gi;
const OF_QUESTIONS = /^(?:questionnaire|questions|quiz)\b/i;
const OF_ANSWERS = /^\s*(?:solutions?|answers?)\b/i;

/**
 * The sources of the Markdown cells without answers: below a heading such as "Questionnaire" a
 * `<details>` becomes a list item with its question, and elsewhere one whose summary says "Solution"
 * or "Answer" goes. Other folded parts stay.
 */
export function withoutAnswers(cells: readonly Cell[]): Map<string, string> {
  const sources = new Map<string, string>();
  let above = '';
  for (const { cell_type, id, source } of cells) {
    if (cell_type !== 'markdown') continue;
    const heading = above;
    const text = source.replace(FOLDED, (whole, summary: string, offset: number) => {
      const current = lastHeading(source.slice(0, offset)) ?? heading;
      if (OF_QUESTIONS.test(current)) return `- ${summary.trim()}`;
      return OF_ANSWERS.test(summary) ? '' : whole;
    });
    sources.set(id, text.replace(/\n{3,}/g, '\n\n'));
    above = lastHeading(source) ?? above;
  }
  return sources;
}
