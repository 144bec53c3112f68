/** What the server knows about a name, as Markdown and as plain text. */
import type { Hover, MarkupContent, SignatureHelp } from 'vscode-languageserver-protocol';
import type { Inspection } from './model';
import { INTERNAL } from './present';

/** The inspection that a hover makes; `detail` 0 leaves out all but the first paragraph of the documentation. */
export function hoverInspection(hover: Hover | null, detail: 0 | 1): Inspection | undefined {
  const markdown = hover === null ? '' : contentOf(hover).trim();
  // An unknown name is `any` to the server, which tells nobody anything.
  if (markdown === '' || markdown.includes(INTERNAL) || /^```\w*\nany\n```$/.test(markdown)) return undefined;
  return inspection(tidy(markdown), detail);
}

/** The inspection of a call that the cursor stands in. */
export function signatureInspection(help: SignatureHelp | null, detail: 0 | 1): Inspection | undefined {
  const signature = help?.signatures[help.activeSignature ?? 0];
  if (signature === undefined) return undefined;
  const { documentation } = signature;
  const text =
    documentation === undefined
      ? ''
      : typeof documentation === 'string'
        ? documentation
        : documentation.value;
  return inspection(`\`\`\`typescript\n${signature.label}\n\`\`\`\n${text}`.trim(), detail);
}

function contentOf({ contents }: Hover): string {
  if (typeof contents === 'string') return contents;
  if (Array.isArray(contents))
    return contents.map((part) => (typeof part === 'string' ? part : part.value)).join('\n');
  return (contents as MarkupContent).value;
}

/** What a cell imports from an earlier one it did not write as an import. */
function tidy(markdown: string): string {
  return markdown.replace(/^\(alias\) /gm, '').replace(/^import [\p{ID_Continue}$]+\n(?=```)/gmu, '');
}

function inspection(markdown: string, detail: 0 | 1): Inspection {
  const shown = detail === 1 ? markdown : brief(markdown);
  return { markdown: shown, text: plain(shown) };
}

/** The declaration, the description up to the first example, and what is said of the parameters. */
function brief(markdown: string): string {
  const fence = /^```[\s\S]*?\n```\n?/.exec(markdown)?.[0] ?? '';
  const documentation = markdown.slice(fence.length);
  const description = documentation.split(/\n```|^\*@/m, 1)[0] ?? '';
  const paragraphs = documentation.split(/\n\s*\n|\n(?=\*@)/);
  const parameters = paragraphs.filter((paragraph) => /^\*@(?:param|returns?)\*/.test(paragraph));
  return [fence.trim(), description.trim(), ...parameters].filter((part) => part !== '').join('\n\n');
}

function plain(markdown: string): string {
  return markdown
    .replace(/^```.*\n?/gm, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__|`/g, '')
    .trim();
}
