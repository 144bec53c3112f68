/**
 * An interactive figure as HTML that works without scripts.
 */
import { createHash } from 'node:crypto';
import { escapeHtml } from '../../core/html';
import { htmlElement, htmlFigure } from '../../frames/html';
import { sharePieces } from '../share-pieces';
import { type NamedControl, type Places, stateText } from './controls';
import { interactCss } from './css';

/** Everything that the figure consists of. */
export interface InteractParts {
  readonly controls: readonly NamedControl[];
  readonly start: Places;
  readonly print: readonly Places[];
  /** As HTML, in the order of `allPlaces`. */
  readonly frames: readonly string[];
  /** Of all frames, as HTML; empty where each has its own or none. */
  readonly legend: string;
  readonly places: readonly Places[];
  readonly alt: string;
  readonly caption: string | undefined;
}

/** The whole figure. */
export function interactHtml(parts: InteractParts): string {
  const { controls, alt, caption } = parts;
  const states = statesHtml(parts);
  const key = createHash('sha256').update(states).digest('hex').slice(0, 10);
  const fields = controls.map((control, i) =>
    controlHtml(control, { key: `inkwell-${key}-${i}`, chosen: parts.start[i] ?? 0 }),
  );
  // A form keeps the buttons of two figures apart, even of two that are the same; this kind sends nothing.
  const form = htmlElement('form', { method: 'dialog' }, fields.join(''));
  const style = `<style>${interactCss(controls[0]?.values.length ?? 0, controls[1]?.values.length ?? 0)}</style>`;
  const content = style + untrustedNote(alt) + form + states;
  return htmlFigure(content, { kind: 'interact', label: alt, caption });
}

/**
 * Notebooks that are not trusted lose style sheets and drawings (JupyterLab's
 * sanitiser takes them out). The style sheet hides this note: where it is gone,
 * the note says what would be seen and how to see it.
 */
function untrustedNote(alt: string): string {
  const how =
    'This figure can be driven once the notebook is trusted: run its cell, or trust the notebook ' +
    '(in JupyterLab: View, Activate Command Palette, Trust Notebook). It shows:';
  return htmlElement('p', { class: 'inkwell-untrusted' }, `<strong>${how}</strong> ${escapeHtml(alt)}`);
}

/** Arrow keys are for the buttons, not for JupyterLab's commands, which would move to another cell. */
const FOR_BUTTONS = 'data-lm-suppress-shortcuts="true"';

function controlHtml(
  { label, texts }: NamedControl,
  { key, chosen }: { key: string; chosen: number },
): string {
  const buttons = texts.map((text, i) => {
    const checked = i === chosen ? ' checked' : '';
    return `<label><input type="radio" name="${key}" value="${i}"${checked} ${FOR_BUTTONS}>${escapeHtml(text)}</label>`;
  });
  const legend = htmlElement('legend', {}, escapeHtml(label));
  return htmlElement('fieldset', { class: 'inkwell-control' }, legend + buttons.join(''));
}

/** All frames: a row for each value of the first control, in it a state for each value of the second. */
function statesHtml(parts: InteractParts): string {
  const { frames, definitions } = sharePieces(parts.frames);
  const perRow = parts.controls[1]?.values.length ?? 1;
  const states = frames.map((frame, i) => stateHtml(frame, parts.places[i] ?? [], parts));
  const rows = Array.from({ length: states.length / perRow }, (_, row) => {
    const style = row === parts.start[0] ? undefined : 'display:none';
    const inside = states.slice(row * perRow, (row + 1) * perRow).join('');
    return htmlElement('div', { class: 'inkwell-row', style }, inside);
  });
  // Only the frame that is shown is read aloud, and again when it changes.
  return htmlElement(
    'div',
    { class: 'inkwell-states', 'aria-live': 'polite' },
    definitions + rows.join('') + legendHtml(parts.legend),
  );
}

const legendHtml = (legend: string): string =>
  legend === '' ? '' : htmlElement('div', { class: 'inkwell-legend' }, legend);

function stateHtml(frame: string, places: Places, { controls, start, print }: InteractParts): string {
  const isIn = (list: readonly Places[]): boolean => list.some((other) => String(other) === String(places));
  const isShown = places.slice(1).every((place, i) => place === start[i + 1]);
  const attributes = {
    class: `inkwell-state${isIn(print) ? ' inkwell-print' : ''}`,
    style: isShown ? undefined : 'display:none',
  };
  const name = htmlElement(
    'div',
    { class: 'inkwell-state-name', style: 'display:none' },
    escapeHtml(stateText(controls, places)),
  );
  return htmlElement('div', attributes, (isIn(print) ? name : '') + frame);
}
