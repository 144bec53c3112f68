/** `inkwell doctor`: what is here, what is missing, and what would enable it. */
import type { DataSetStatus } from '../../data/data-set-status';
import type { EngineReport } from '../../engine/report';
import { type DoctorReport, examine } from '../examine';
import { formatBytes } from '../terminal';

const MARKS = { active: '●', available: '○', unavailable: '–' } as const;

function engineLines({ engine, status, version, path: place, why, enable }: EngineReport): string[] {
  const indented = (text: string): string => text.replaceAll('\n', '\n        ');
  return [
    `  ${MARKS[status]} ${engine} ${version ?? ''} (${status})`.replace('  (', ' ('),
    ...(place === undefined ? [] : [`      ${place}`]),
    ...(why === undefined ? [] : [`      why not: ${indented(why)}`]),
    ...(enable === undefined ? [] : [`      to enable: ${indented(enable)}`]),
  ];
}

function dataLine({ name, title, state, folder, bytes, why }: DataSetStatus): string {
  const detail = state === 'ready' ? `${formatBytes(bytes)} in ${folder}` : why;
  return `  ${name} (${title}): ${state}, ${detail}`;
}

function cacheLines({ cache, cacheParts: parts }: DoctorReport): string[] {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return [
    `  ${cache}: ${formatBytes(bytes)}; \`inkwell cache clean\` removes engines that are not used any more`,
    ...parts.map((part) => `    ${part.name}: ${formatBytes(part.bytes)}, ${part.what}`),
  ];
}

/** The report for people. */
function formatDoctor(report: DoctorReport): string {
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', title, ...lines];
  return [
    report.ok ? 'All is well.' : 'Not all is well.',
    ...section(
      'Problems',
      report.problems.map((problem) => `  ${problem}`),
    ),
    ...section('Engines', report.engines.flatMap(engineLines)),
    ...section('Data', report.data.map(dataLine)),
    ...section(
      'Kernels',
      report.kernels.map(({ name, displayName }) => `  ${name}: ${displayName}`),
    ),
    ...section('Cache', cacheLines(report)),
    ...section(
      'Notes',
      report.notes.map((note) => `  ${note}`),
    ),
    ...section('Versions', [
      `  ${Object.entries(report.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}`,
      `  ${report.platform}`,
    ]),
  ].join('\n');
}

/** Returns the exit status: 0 where nothing keeps the book from running. */
export async function doctor(flags: { readonly json?: boolean }): Promise<number> {
  const report = await examine();
  process.stdout.write(`${flags.json ? JSON.stringify(report, null, 2) : formatDoctor(report)}\n`);
  return report.ok ? 0 : 1;
}
