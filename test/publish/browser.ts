/**
 * A browser for the tests. On Linux x64 `@sparticuz/chromium` brings one in the
 * npm package itself (with the few libraries that a bare machine lacks), so it
 * is there wherever `npm ci` worked; elsewhere an installed Chrome is used.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { projectRoot } from 'inkwell/core/paths';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const packageFolder = path.join(projectRoot(), 'node_modules', '@sparticuz', 'chromium');

function unpackTar(archive: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-x', '-C', folder], { input: brotliDecompressSync(readFileSync(archive)) });
}

/** Unpacks the packaged browser into `build/`, once for all test processes. */
function unpacked(): string {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  const folder = path.join(projectRoot(), 'build', `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(path.dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  const bin = path.join(packageFolder, 'bin');
  writeFileSync(
    path.join(fresh, 'chromium'),
    brotliDecompressSync(readFileSync(path.join(bin, 'chromium.br'))),
  );
  chmodSync(path.join(fresh, 'chromium'), 0o755);
  unpackTar(path.join(bin, 'al2023.tar.br'), fresh);
  unpackTar(path.join(bin, 'fonts.tar.br'), fresh);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Another test process was first.
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Where Chrome and Chromium are installed; `CHROME_PATH` names another place. */
const INSTALLED = [
  ...(process.env['CHROME_PATH'] ? [process.env['CHROME_PATH']] : []),
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const isPackaged = process.platform === 'linux' && process.arch === 'x64';
const hasPackaged = isPackaged && existsSync(packageFolder);
const installed = INSTALLED.find((file) => existsSync(file));

/**
 * Whether the tests in a browser run: where there is one, and where there must
 * be one, because `npm ci` brings it (Linux x64) or the machine is a CI's. There
 * a missing browser is a failure; elsewhere the tests are listed as not run.
 */
export const runsInBrowser: boolean =
  hasPackaged || installed !== undefined || isPackaged || Boolean(process.env['CI']);

/** A group of tests in a browser, as `describe`. */
export function describeInBrowser(name: string, tests: () => void): void {
  (runsInBrowser ? describe : describe.skip)(name, tests);
}

/** Starts the packaged browser, else the installed one; throws where there is neither. Closed, it leaves nothing. */
export async function launchBrowser(): Promise<Browser> {
  const temporary = mkdtempSync(path.join(tmpdir(), 'inkwell-browser-'));
  const options = launchOptions();
  const browser = await chromium.launch({
    ...options,
    env: { ...(process.env as Record<string, string>), ...options.env, TMPDIR: temporary },
  });
  const close = browser.close.bind(browser);
  browser.close = async (reason) => {
    await close(reason);
    // Chromium forgets a file or two of its own.
    rmSync(temporary, { recursive: true, force: true });
  };
  return browser;
}

function launchOptions(): LaunchOptions {
  if (!hasPackaged) {
    if (installed === undefined) {
      const advice = isPackaged
        ? 'run npm ci, which brings one'
        : 'install Google Chrome, or set CHROME_PATH';
      throw new Error(`there is no browser for the tests: ${advice}`);
    }
    return { executablePath: installed, args: ['--no-sandbox'] };
  }
  const folder = unpacked();
  return {
    executablePath: path.join(folder, 'chromium'),
    args: ['--headless=shell', '--no-sandbox', '--no-zygote', '--disable-gpu'],
    env: {
      LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'),
      FONTCONFIG_PATH: path.join(folder, 'fonts'),
    },
  };
}
