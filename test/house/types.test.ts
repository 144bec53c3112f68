/**
 * The shipped types under TypeScript 5.0.4, the compiler inside stock tslab:
 * every declaration of ours that a cell can reach must compile there with
 * `skipLibCheck` off, and none of the public list may turn into `any`.
 */
import path from 'node:path';
import ts from '@tslab/typescript-for-tslab';
import { projectRoot } from 'inkwell/core/paths';
import { publicEntry, publicProgram } from './public-program';

const LIBRARY = path.join(projectRoot(), 'lib');
const program = publicProgram({ skipLibCheck: false });
const checker = program.getTypeChecker();

/** Declarations of ours: what dependencies ship is theirs to mend. */
const isOurs = (file: string): boolean => path.resolve(file).startsWith(path.join(LIBRARY, 'dist'));

test('the compiler is that of stock tslab', () => {
  expect(ts.version).toBe('5.0.4');
});

test('our declarations compile', () => {
  const problems = program
    .getSourceFiles()
    .filter((file) => isOurs(file.fileName))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map((problem) => {
      const where = path.relative(LIBRARY, problem.file?.fileName ?? '');
      return `${where}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`;
    });
  expect(problems).toEqual([]);
});

function anyIn(type: ts.Type, at: ts.Node): boolean {
  if (type.flags & ts.TypeFlags.Any) return true;
  return type.getCallSignatures().some((signature) => {
    const parameters = signature.parameters.map((parameter) =>
      checker.getTypeOfSymbolAtLocation(parameter, at),
    );
    return [signature.getReturnType(), ...parameters].some((part) => Boolean(part.flags & ts.TypeFlags.Any));
  });
}

test('nothing on the public list is any, takes any or returns any', () => {
  const file = program.getSourceFile(publicEntry);
  const symbol = file && checker.getSymbolAtLocation(file);
  if (file === undefined || symbol === undefined) throw new Error(`${publicEntry} is no module`);
  const names = checker.getExportsOfModule(symbol).filter((exported) => {
    const target = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (!(target.flags & ts.SymbolFlags.Value)) return false;
    return anyIn(checker.getTypeOfSymbolAtLocation(target, file), file);
  });
  expect(checker.getExportsOfModule(symbol).length).toBeGreaterThan(5);
  expect(names.map((exported) => exported.name)).toEqual([]);
});
