/** `?name` and `name?`: a cell that asks for documentation, shown in the client's pager. */
import type { TypeService } from '../types/service';

const QUESTION =
  /^\s*(?:(\?{1,2})\s*([\p{ID_Start}$_][\p{ID_Continue}$.[\]'"]*)|([\p{ID_Start}$_][\p{ID_Continue}$.]*)\s*(\?{1,2}))\s*;?\s*$/u;

/** The `page` payload for such a cell; undefined for any other. */
export async function inspectName(types: TypeService, code: string): Promise<object | undefined> {
  const match = QUESTION.exec(code);
  if (match === null) return undefined;
  const marks = match[1] ?? match[4] ?? '?';
  const name = match[2] ?? match[3] ?? '';
  const found = await types.inspect(name, name.length, marks === '??' ? 1 : 0);
  const data =
    found === undefined
      ? { 'text/plain': `Nothing is known about ${name}.` }
      : { 'text/plain': found.text, 'text/markdown': found.markdown };
  return { source: 'page', data, start: 0 };
}
