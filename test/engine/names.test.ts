import { engineNames, parseEngineName, requestedEngine } from 'inkwell/engine/names';

describe('the names of engines', () => {
  const before = process.env['INKWELL_ENGINE'];
  afterEach(() => {
    if (before === undefined) delete process.env['INKWELL_ENGINE'];
    else process.env['INKWELL_ENGINE'] = before;
  });

  test('stand in the order in which they are tried', () => {
    expect(engineNames).toEqual(['tensorflow-gpu', 'tensorflow', 'wasm', 'cpu']);
  });

  test('a bad name lists the good ones and says where it stood', () => {
    expect(() => parseEngineName('tpu', 'INKWELL_ENGINE')).toThrow(
      'INKWELL_ENGINE asks for the engine "tpu"; there are tensorflow-gpu, tensorflow, wasm, cpu.',
    );
    expect(() => parseEngineName('', 'The caller')).toThrow(
      expect.objectContaining({ code: 'ENGINE_UNKNOWN' }),
    );
  });

  test('the caller comes before INKWELL_ENGINE, and an empty variable asks for nothing', () => {
    process.env['INKWELL_ENGINE'] = 'wasm';
    expect(requestedEngine()).toBe('wasm');
    expect(requestedEngine('cpu')).toBe('cpu');
    process.env['INKWELL_ENGINE'] = '';
    expect(requestedEngine()).toBeUndefined();
    process.env['INKWELL_ENGINE'] = 'Wasm';
    expect(() => requestedEngine()).toThrow('"Wasm"');
  });
});
