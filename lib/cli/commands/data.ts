/** `inkwell data`: what data sets there are, where they stand, whether they are whole; and fetching them. */
import type { ArchiveSet } from '../../data/archives/archive-set';
import { fetchArchiveSet } from '../../data/archives/fetch-archives';
import type { DataSet } from '../../data/data-set';
import type { DataSetStatus } from '../../data/data-set-status';
import { fetchDataSet } from '../../data/fetch';
import { findArchiveSet, findDataSet, isArchiveSet, readManifest } from '../../data/manifest';
import { dataStatus } from '../../data/status';
import { createTerminal, formatBytes, formatTable, type Terminal } from '../terminal';

/** The statuses of the data sets of some names, all where there are none. Throws for a name there is not. */
async function statusesOf(names: readonly string[]): Promise<DataSetStatus[]> {
  const all = await dataStatus();
  const manifest = readManifest();
  for (const name of names) {
    if (!all.some((status) => status.name === name)) findDataSet(manifest, name);
  }
  return all.filter(({ name }) => names.length === 0 || names.includes(name));
}

function listTable(statuses: readonly DataSetStatus[]): string {
  const rows = statuses.map(({ name, title, state, bytes, why }) => [
    name,
    title,
    state,
    state === 'ready' ? formatBytes(bytes) : (why ?? ''),
  ]);
  return formatTable([['name', 'title', 'state', 'size or reason'], ...rows]);
}

/** Every place of every data set, in the order in which they are looked at. */
function placesTable(statuses: readonly DataSetStatus[]): string {
  const rows = statuses.flatMap(({ name, places, folder, state }) =>
    places.length === 0
      ? [[name, state, folder ?? '–', '']]
      : places.map((place) => [name, place.state, place.folder, place.why ?? '']),
  );
  return formatTable([['name', 'state', 'folder', 'reason'], ...rows]);
}

type Fetched = DataSet | ArchiveSet;

/** The data sets of some names; where there are none, those that are not fetched by name alone. */
function wantedSets(names: readonly string[]): readonly Fetched[] {
  const manifest = readManifest();
  if (names.length === 0) return manifest.dataSets.filter(({ byName }) => byName !== true);
  return names.map((name) =>
    isArchiveSet(manifest, name) ? findArchiveSet(manifest, name) : findDataSet(manifest, name),
  );
}

async function fetchAll(dataSets: readonly Fetched[], terminal: Terminal): Promise<void> {
  const options = { onProgress: terminal.progress };
  for (const dataSet of dataSets) {
    const { folder, fetched } =
      'archives' in dataSet ? await fetchArchiveSet(dataSet, options) : await fetchDataSet(dataSet, options);
    const what = fetched.length === 0 ? 'was there already' : `fetched ${fetched.length} files`;
    terminal.note(`${dataSet.title}: ${what}, in ${folder}`);
  }
}

/** Returns the exit status: 0 where every data set asked for can be used. */
export async function data(
  what: string,
  names: readonly string[],
  flags: { readonly json?: boolean },
): Promise<number> {
  if (what === 'fetch') {
    await fetchAll(wantedSets(names), createTerminal());
  }
  const statuses = await statusesOf(names);
  const table = what === 'where' || what === 'verify' ? placesTable : listTable;
  process.stdout.write(`${flags.json ? JSON.stringify(statuses, null, 2) : table(statuses)}\n`);
  // What was asked for by name must be there; to verify, also what is fetched without a name.
  const asked = names.length > 0;
  const bad = statuses.some(
    ({ state, byName }) =>
      state === 'damaged' || (state === 'absent' && (asked || (what === 'verify' && !byName))),
  );
  return bad ? 1 : 0;
}
