/** The light of a street: the time of day, the clouds, the air. */
import type { Random } from '../../core/random';
import type { CameraOptions } from '../drawing/camera';
import { type Rgb, rgb, varied } from '../drawing/colour';

export interface Weather {
  /** The sky above, and at the horizon. */
  readonly zenith: Rgb;
  readonly air: Rgb;
  /** The share of light that a metre of air takes, about. */
  readonly haze: number;
  readonly clouds: number;
  readonly cloud: Rgb;
  /** Whether windows and lamps are lit. */
  readonly isDark: boolean;
  /** Whether the road shines. */
  readonly isWet: boolean;
  readonly camera: CameraOptions;
}

type Kind = readonly [
  zenith: string,
  air: string,
  cloud: string,
  haze: number,
  exposure: readonly [number, number],
  tint: Rgb,
  traits: string,
];

const KINDS: readonly Kind[] = [
  ['#5f9fdc', '#cfe4f2', '#ffffff', 0.004, [0.95, 1.1], [1.03, 1, 0.96], ''],
  ['#7fb2e0', '#e2edf2', '#ffffff', 0.006, [0.9, 1.05], [1, 1, 1], ''],
  ['#a9b4bd', '#d5d9da', '#c3c9cd', 0.01, [0.85, 1], [0.98, 1, 1.02], ''],
  ['#5c6f9e', '#f2b98a', '#e58f7c', 0.008, [0.75, 0.9], [1.08, 0.97, 0.9], 'dark'],
  ['#b8bcc0', '#c9cccd', '#c9cccd', 0.035, [0.85, 0.98], [0.99, 1, 1.01], ''],
  ['#77818c', '#a9b0b6', '#8a939b', 0.014, [0.75, 0.88], [0.95, 0.99, 1.05], 'wet'],
  ['#27345c', '#59639a', '#3a4672', 0.008, [0.72, 0.85], [0.88, 0.94, 1.12], 'dark wet'],
];

/** A weather by chance. */
export function chooseWeather(random: Random): Weather {
  const [zenith, air, cloud, haze, [dim, bright], tint, traits] = random.pick(KINDS);
  return {
    zenith: varied(rgb(zenith), random, 6),
    air: varied(rgb(air), random, 5),
    haze: haze * random.between(0.7, 1.3),
    clouds: random.integer(4),
    cloud: rgb(cloud),
    isDark: traits.includes('dark'),
    isWet: traits.includes('wet'),
    camera: {
      exposure: random.between(dim, bright),
      tint,
      vignette: random.between(0, 0.25),
      grain: random.between(1.5, 4.5),
    },
  };
}
