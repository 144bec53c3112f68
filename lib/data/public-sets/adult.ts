/**
 * Adult, also called Census Income (Becker and Kohavi, 1996): text without a
 * header, values apart by a comma and a space. `?` stands for no answer. The
 * half to test on begins with a line that is no data, and ends each label with
 * a full stop.
 */
import { dataError } from '../errors';

/** A person of the census, in the census's own words; null where there is no answer. */
export interface AdultPerson {
  readonly age: number;
  readonly workClass: string | null;
  /** How many people of the country this one stands for; no property of the person. */
  readonly weight: number;
  readonly education: string;
  /** The same on a scale of 1 … 16. */
  readonly educationNumber: number;
  readonly maritalStatus: string;
  readonly occupation: string | null;
  readonly relationship: string;
  readonly race: string;
  readonly sex: string;
  /** Dollars a year. */
  readonly capitalGain: number;
  /** Dollars a year. */
  readonly capitalLoss: number;
  readonly hoursPerWeek: number;
  readonly nativeCountry: string | null;
  /** Dollars a year. */
  readonly income: '<=50K' | '>50K';
}

const FIELDS = 15;

/**
 * Parses `adult.data` or `adult.test`.
 *
 * @param label what to call the file in an error.
 * @throws InkwellError `DATA_FORMAT`, with the line.
 */
export function parseAdult(text: string, label: string): AdultPerson[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    // The test half's first line begins with a bar; the last ones are empty.
    if (line.trim() === '' || line.startsWith('|')) return [];
    return [parseLine(line, `${label}, line ${index + 1}`)];
  });
}

function parseLine(line: string, where: string): AdultPerson {
  const fields = line.split(',').map((field) => field.trim());
  if (fields.length !== FIELDS) {
    throw dataError('DATA_FORMAT', `${where}: expected ${FIELDS} values, got ${fields.length}`);
  }
  const text = (place: number): string => fields[place] as string;
  const answer = (place: number): string | null => (text(place) === '?' ? null : text(place));
  const number = (place: number): number => {
    const value = Number(text(place));
    if (text(place) !== '' && Number.isFinite(value)) return value;
    throw dataError('DATA_FORMAT', `${where}: value ${place + 1} must be a number, got ${text(place)}`);
  };
  return {
    age: number(0),
    workClass: answer(1),
    weight: number(2),
    education: text(3),
    educationNumber: number(4),
    maritalStatus: text(5),
    occupation: answer(6),
    relationship: text(7),
    race: text(8),
    sex: text(9),
    capitalGain: number(10),
    capitalLoss: number(11),
    hoursPerWeek: number(12),
    nativeCountry: answer(13),
    income: incomeOf(text(14), where),
  };
}

function incomeOf(text: string, where: string): AdultPerson['income'] {
  const income = text.replace(/\.$/, '');
  if (income === '<=50K' || income === '>50K') return income;
  throw dataError('DATA_FORMAT', `${where}: the income must be <=50K or >50K, got ${text}`);
}
