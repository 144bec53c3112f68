/** The public picture sets, read from copies in their real layout that this test makes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRandom } from 'inkwell/core/random';
import type { ArchiveSet } from 'inkwell/data/archives/archive-set';
import { CAMVID_CLASSES } from 'inkwell/data/camvid';
import { findArchiveSet, readManifest } from 'inkwell/data/manifest';
import { loadPets } from 'inkwell/data/pets';
import { readPublicPets } from 'inkwell/data/public-pets';
import { loadStreetScenes } from 'inkwell/data/street-scenes';
import { plain, writePicture } from './pictures/files';
import { temporaryFolders, thrownBy, withEnvironment } from './support';

const folder = temporaryFolders();

withEnvironment(() => ({
  INKWELL_CACHE: folder(),
  INKWELL_DATA: folder(),
  INKWELL_DATASETS: undefined,
  INKWELL_OFFLINE: undefined,
}));

describe('Oxford-IIIT Pet', () => {
  const NAMES = ['Abyssinian_1', 'Abyssinian_2', 'Birman_1', 'beagle_1', 'pug_1', 'pug_2'];

  /** The manifest's set, with the few files of this test. */
  async function someCopy(): Promise<ArchiveSet> {
    const root = path.join(process.env['INKWELL_DATA'] ?? '', 'oxford-iiit-pet');
    for (const name of NAMES) {
      const colour = /^[A-Z]/.test(name) ? [250, 0, 0] : [0, 0, 250];
      await writePicture(path.join(root, `images/${name}.jpg`), plain(12, 16, colour));
      await writePicture(path.join(root, `annotations/trimaps/${name}.png`), plain(12, 16, 1));
      writeFileSync(path.join(root, `annotations/trimaps/._${name}.png`), 'left by another system');
    }
    const set = findArchiveSet(readManifest(), 'oxford-iiit-pet');
    return { ...set, holds: set.holds.map((holding) => ({ ...holding, files: NAMES.length })) };
  }

  test('capital letters are cats', async () => {
    const set = await someCopy();
    const { pictures, labels, origin } = await readPublicPets(6, 8, createRandom(1), {}, set);
    expect(origin).toMatchObject({
      name: 'Oxford-IIIT Pet',
      source: 'the folder that INKWELL_DATA names',
    });
    expect(labels.filter((label) => label === 'cat').length).toBe(3);
    for (const [index, { pixels, height, width }] of pictures.entries()) {
      expect([height, width]).toEqual([8, 8]);
      expect((pixels[0] as number) > 200).toBe(labels[index] === 'cat');
    }
    expect((await readPublicPets(2, 8, createRandom(1), {}, set)).pictures).toEqual(pictures.slice(0, 2));
    await expect(readPublicPets(7, 8, createRandom(1), {}, set)).rejects.toThrow(
      'loadPets: count must be a whole number in 1 … 6, got 7',
    );
  });

  test('damaged files are left out, and it is said how many', async () => {
    const set = await someCopy();
    const file = path.join(process.env['INKWELL_DATA'] ?? '', 'oxford-iiit-pet/images/beagle_1.jpg');
    writeFileSync(file, readFileSync(file).subarray(0, 60));
    const { pictures, origin } = await readPublicPets(6, 8, createRandom(1), {}, set);
    expect(pictures.length).toBe(5);
    expect(origin.source).toMatch(/, 1 of 6 files damaged at the source and left out$/);
  });

  test('where there is no copy, the error says what to run; made ones have one size', async () => {
    const error = await thrownBy(loadPets({ source: 'public' }));
    expect(error.code).toBe('DATA_MISSING');
    expect(error.hint).toMatch(/^Run npx inkwell data fetch oxford-iiit-pet \(811 MB\), or unpack/);
    expect(error.hint).toContain('CC BY-SA 4.0');
    await expect(loadPets({ side: 32 })).rejects.toThrow('side must be 64 for made pictures, got 32');
  });
});

describe('CamVid', () => {
  const CODES =
    'Animal Archway Bicyclist Bridge Building Car CartLuggagePram Child Column_Pole Fence LaneMkgsDriv LaneMkgsNonDriv Misc_Text MotorcycleScooter OtherMoving ParkingBlock Pedestrian Road RoadShoulder Sidewalk SignSymbol Sky SUVPickupTruck TrafficCone TrafficLight Train Tree Truck_Bus Tunnel VegetationMisc Void Wall'.split(
      ' ',
    );

  /** 701 pictures, grey where the mask says road, blue where it says sky. */
  async function someCopy(codes = CODES): Promise<void> {
    const root = path.join(process.env['INKWELL_DATA'] ?? '', 'camvid/camvid');
    const rows = plain(3, 8, [128, 128, 250]).concat(plain(3, 8, [90, 90, 90]));
    const values = plain(3, 8, codes.indexOf('Sky')).concat(plain(3, 8, codes.indexOf('LaneMkgsDriv')));
    const picture = readFileSync(await writePicture(path.join(folder(), 'x.png'), rows));
    const mask = readFileSync(await writePicture(path.join(folder(), 'y.png'), values));
    for (const name of ['images', 'labels']) mkdirSync(path.join(root, name), { recursive: true });
    for (let index = 0; index < 701; index++) {
      writeFileSync(path.join(root, `images/0001TP_${index}.png`), picture);
      writeFileSync(path.join(root, `labels/0001TP_${index}_P.png`), mask);
    }
    writeFileSync(path.join(root, 'codes.txt'), codes.join('\n'));
  }

  test('comes in the usual groups', async () => {
    await someCopy();
    const streets = await loadStreetScenes({ source: 'public', height: 6, width: 8 });
    expect(streets).toMatchObject({ name: 'CamVid', inputShape: [6, 8, 3], classes: CAMVID_CLASSES });
    expect(CAMVID_CLASSES.length).toBe(12);
    expect([streets.train.count, streets.validation.count]).toEqual([561, 140]);
    const { pixels } = streets.train.answer(0);
    expect([CAMVID_CLASSES[pixels[0] as number], CAMVID_CLASSES[pixels[47] as number]]).toEqual([
      'sky',
      'road',
    ]);
  });

  test('names a class that it does not know, and the command where there is no copy', async () => {
    const error = await thrownBy(loadStreetScenes({ source: 'public' }));
    expect(error.hint).toMatch(/^Run npx inkwell data fetch camvid \(599 MB\)/);
    await expect(loadStreetScenes({ width: 32 })).rejects.toThrow(
      'made pictures have 64 × 96 pixels, got height 64, width 32',
    );
    await someCopy([...CODES.slice(1), 'Dragon']);
    expect((await thrownBy(loadStreetScenes({ source: 'public' }))).message).toContain(
      'codes.txt names a class Dragon, which CamVid does not have',
    );
  });
});
