import path from 'node:path';
import { projectRoot } from 'inkwell/core/paths';
import { dataSettings } from 'inkwell/data/settings';
import { thrownBy } from './support';

describe('dataSettings', () => {
  test('nothing set', () => {
    expect(dataSettings({})).toEqual({ dataFolder: undefined, offline: false, madeOnly: false });
    expect(dataSettings({ INKWELL_DATA: '', INKWELL_OFFLINE: '0', INKWELL_DATASETS: 'all' })).toEqual(
      dataSettings({}),
    );
  });

  test('all set', () => {
    const settings = dataSettings({
      INKWELL_DATA: 'mine',
      INKWELL_OFFLINE: 'True',
      INKWELL_DATASETS: 'made',
    });
    expect(settings).toEqual({ dataFolder: path.join(projectRoot(), 'mine'), offline: true, madeOnly: true });
  });

  test('values that mean nothing are refused', async () => {
    const offline = await thrownBy(() => dataSettings({ INKWELL_OFFLINE: 'maybe' }));
    expect([offline.code, offline.message]).toEqual([
      'DATA_SETTING',
      'INKWELL_OFFLINE must be 1 or 0, got maybe',
    ]);
    expect((await thrownBy(() => dataSettings({ INKWELL_DATASETS: 'none' }))).code).toBe('DATA_SETTING');
  });
});
