/**
 * A chapter's claims: statements about its own numbers, checked when it runs.
 * A chapter whose claim fails is a chapter that fails.
 */
import { checkArguments } from './argument';
import { aFlag, aString } from './argument-kinds';
import { facts } from './facts';

/**
 * Asserts a statement of the chapter and prints it with a tick.
 *
 * @param statement what is claimed, with the number: `validation accuracy 98.4 % ≥ 98 %`.
 * @param holds whether it is so.
 * @throws Error with the statement where it does not hold.
 */
export function claim(statement: string, holds: boolean): void {
  checkArguments('claim', { statement, holds }, { statement: aString, holds: aFlag });
  if (!holds) throw new Error(`Claim does not hold: ${statement}`);
  facts().claims.push(statement);
  console.log(`✓ ${statement}`);
}
