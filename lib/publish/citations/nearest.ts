/** The key that an author probably meant. */
import { distance } from 'fastest-levenshtein';

/** The known key with the fewest letters to change; undefined where none is close. */
export function nearestKey(key: string, known: Iterable<string>): string | undefined {
  const wanted = key.toLowerCase();
  const ranked = [...known]
    .map((name) => ({ name, changes: distance(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.changes - b.changes);
  const [best] = ranked;
  return best !== undefined && best.changes <= Math.max(2, wanted.length / 2) ? best.name : undefined;
}
