/**
 * CamVid in fast.ai's packing: `images/NAME.png`, `labels/NAME_P.png` whose grey
 * values are lines of `codes.txt`. Its 32 classes are put together into the
 * eleven that most papers use, and one for what nobody labelled.
 *
 * Source of the groups: Sturgess, Alahari, Ladicky and Torr, Combining
 * appearance and structure from motion features for road scene understanding,
 * 2009; Badrinarayanan, Kendall and Cipolla, SegNet, 2017.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../core/errors';
import { findArchives } from './archives/find-archives';
import { dataError } from './errors';
import type { DataOrigin } from './loaders/data-loaders';
import { findArchiveSet, readManifest } from './manifest';
import type { MaskClass } from './pictures/mask-classes';

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  sky: ['Sky'],
  building: ['Building', 'Archway', 'Bridge', 'Tunnel', 'Wall'],
  road: ['Road', 'LaneMkgsDriv', 'LaneMkgsNonDriv'],
  pavement: ['Sidewalk', 'ParkingBlock', 'RoadShoulder'],
  tree: ['Tree', 'VegetationMisc'],
  car: ['Car', 'SUVPickupTruck', 'Truck_Bus', 'Train', 'OtherMoving'],
  person: ['Pedestrian', 'Child', 'CartLuggagePram', 'Animal'],
  sign: ['SignSymbol', 'Misc_Text', 'TrafficLight'],
  cyclist: ['Bicyclist', 'MotorcycleScooter'],
  fence: ['Fence'],
  pole: ['Column_Pole', 'TrafficCone'],
  unlabelled: ['Void'],
};

/** The names of the groups, in the order of their numbers. */
export const CAMVID_CLASSES: readonly string[] = Object.keys(GROUPS);

/** What `segmentationLoaders` needs to read CamVid. */
export interface CamVid {
  readonly images: string;
  readonly masks: string;
  readonly maskOf: (name: string) => string;
  readonly classes: readonly MaskClass[];
  readonly origin: DataOrigin;
}

/**
 * Finds CamVid on this machine and reads its list of classes.
 *
 * @throws InkwellError `DATA_MISSING` where it is not there, `DATA_FORMAT` where `codes.txt` names a
 *   class that is in no group.
 */
export async function findCamVid(): Promise<CamVid> {
  const set = findArchiveSet(readManifest(), 'camvid');
  const { folder, source } = await findArchives(set);
  const root = path.join(folder, 'camvid');
  return {
    images: path.join(root, 'images'),
    masks: path.join(root, 'labels'),
    maskOf: (name) => `${name}_P`,
    classes: await classesOf(path.join(root, 'codes.txt')),
    origin: { name: set.title, source, citation: set.citation },
  };
}

async function classesOf(file: string): Promise<MaskClass[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw dataError('DATA_INCOMPLETE', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  const codes = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const known = new Set(Object.values(GROUPS).flat());
  const stray = codes.find((code) => !known.has(code));
  if (stray !== undefined) {
    throw dataError('DATA_FORMAT', `${file} names a class ${stray}, which CamVid does not have`);
  }
  return Object.entries(GROUPS).map(([name, members]) => ({
    name,
    values: members.map((member) => codes.indexOf(member)).filter((value) => value >= 0),
  }));
}
