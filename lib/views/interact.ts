/**
 * Figures that the reader drives: one or two controls with a list of values
 * each, every frame drawn beforehand. They work without scripts, in a notebook
 * and in the printed book; on paper some frames stand side by side.
 */
import { checkOptions, required } from '../core/argument';
import { aFunction, aList, anObject, oneOf } from '../core/argument-kinds';
import { anAlt, type CaptionOptions, captionKinds, captionOf } from './caption';
import {
  allPlaces,
  type Controls,
  defaultPrint,
  type NamedControl,
  namedControls,
  type Places,
  placesOf,
  type StateOf,
  stateAt,
  stateText,
} from './interact/controls';
import { interactHtml } from './interact/html';
import { matchedPlots } from './interact/matched-plots';
import type { SharedAxes } from './share-axes';
import { createView, type View } from './view';

/** An interactive figure. */
export interface InteractOptions<Chosen extends Controls> extends CaptionOptions {
  /** One or two, by name: a list of values, or `{ values, label, unit, format }`. At most 60 frames in all. */
  readonly controls: Chosen;
  /** What is shown at first; default the first value of each control. */
  readonly start?: StateOf<Chosen>;
  /** Draws a frame: any view that has HTML. */
  readonly frame: (state: StateOf<Chosen>) => View;
  /** What the figure shows and what can be chosen, for those who cannot see it; must not be empty. */
  readonly alt: string;
  /** The states that stand side by side on paper; default the first, the one at the start, and the last. */
  readonly print?: readonly StateOf<Chosen>[];
  /** The axes that all frames have in common where they are plots, so that only the curves move; default `both`. */
  readonly share?: SharedAxes | 'none';
}

/** The MIME type under which the figure's structure is told to those who render it themselves. */
export const INTERACT_MIME = 'application/vnd.inkwell.interact+json';

/** A figure's structure; its frames are in `text/html`, as `.inkwell-row` > `.inkwell-state`, in the order of the values. */
export interface InteractJson {
  readonly version: 1;
  readonly controls: readonly { readonly label: string; readonly values: readonly string[] }[];
  /** The place of each control's value. */
  readonly start: Places;
  readonly print: readonly Places[];
  readonly alt: string;
}

/**
 * A figure with controls.
 *
 * Throws TypeError without `alt` and for frames that are no views with HTML; RangeError for more than two controls,
 * for more than 60 frames, and for states that are not among the values.
 *
 * @example
 * interact({ controls: { degree: [1, 3, 9] }, start: { degree: 3 }, frame: ({ degree }) => fitOf(degree), alt: '…' })
 */
export function interact<const Chosen extends Controls>(options: InteractOptions<Chosen>): View {
  checkOptions('interact', options, {
    controls: required(anObject),
    start: anObject,
    frame: required(aFunction),
    alt: required(anAlt),
    print: aList,
    share: oneOf('x', 'y', 'both', 'none'),
    ...captionKinds,
  });
  const { alt, frame, share = 'both' } = options;
  const controls = namedControls(options.controls);
  const start = options.start ? placesOf(controls, options.start, 'start') : controls.map(() => 0);
  const print =
    options.print?.map((state, i) => placesOf(controls, state, `print[${i}]`)) ??
    defaultPrint(controls, start);
  const places = allPlaces(controls);
  const views = places.map((each) => viewAt(frame, controls, each));
  const { frames, legend } = matchedPlots(views, share);
  const caption = captionOf(options);
  const json: InteractJson = {
    version: 1,
    controls: controls.map(({ label, texts }) => ({ label, values: texts })),
    start,
    print,
    alt,
  };
  const html = frames.map(frameHtml);
  return createView({
    [INTERACT_MIME]: json,
    'text/html': interactHtml({ controls, start, print, frames: html, legend, places, alt, caption }),
    'text/plain': plainText({ controls, print, places, views, alt, caption }),
  });
}

function viewAt<Chosen extends Controls>(
  frame: (state: StateOf<Chosen>) => View,
  controls: readonly NamedControl[],
  places: Places,
): View {
  const view: unknown = frame(stateAt(controls, places) as StateOf<Chosen>);
  if (view instanceof Promise) {
    throw new TypeError('interact: frame must return a view, got a promise; compute before, draw in frame');
  }
  if (typeof (view as View | undefined)?.bundle?.['text/html'] === 'string') return view as View;
  throw new TypeError(
    `interact: frame must return a view with HTML (lineChart, imageGrid, frameView, …), got ${String(view)} for ${stateText(controls, places)}`,
  );
}

/** A view's HTML as a part of this figure: a figure inside a figure has no caption of its own. */
function frameHtml(view: View): string {
  return String(view.bundle['text/html'])
    .replace(/<figure\b/g, '<div')
    .replace(/<\/figure>/g, '</div>')
    .replace(/<figcaption\b/g, '<div')
    .replace(/<\/figcaption>/g, '</div>');
}

interface PlainParts {
  readonly controls: readonly NamedControl[];
  readonly print: readonly Places[];
  readonly places: readonly Places[];
  readonly views: readonly View[];
  readonly alt: string;
  readonly caption: string | undefined;
}

function plainText({ controls, print, places, views, alt, caption }: PlainParts): string {
  const shown = print.map((state) => {
    const index = places.findIndex((other) => String(other) === String(state));
    return `${stateText(controls, state)}:\n${String(views[index])}`;
  });
  return [`[interactive figure] ${alt}`, ...shown, caption].filter(Boolean).join('\n');
}
