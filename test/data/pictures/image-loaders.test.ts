import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { imageLoaders } from 'inkwell/data/pictures/image-loaders';
import { useEngine } from 'inkwell/engine/engine';
import { temporaryFolders, thrownBy } from '../support';
import { plain, writePicture } from './files';

const folder = temporaryFolders();
const SIZE = { height: 4, width: 6 };

beforeAll(() => useEngine());

/** Ten pictures in three classes; the red of each is its own. */
async function someFolder(): Promise<string> {
  const directory = path.join(folder(), 'animals');
  for (let index = 0; index < 10; index++) {
    const label = ['class 2', 'class 10', 'class 1'][index % 3];
    await writePicture(path.join(directory, `${label}/${index}.png`), plain(5, 7, [20 * index, 0, 0]));
  }
  writeFileSync(path.join(directory, 'class 1/notes.txt'), 'passed over');
  return directory;
}

test('a folder of folders: classes as people count, a fifth set aside', async () => {
  const loaders = await imageLoaders({ folder: await someFolder(), ...SIZE });
  expect(loaders).toMatchObject({
    name: 'animals',
    source: '10 files on this machine',
    classes: ['class 1', 'class 2', 'class 10'],
    inputShape: [4, 6, 3],
  });
  const { train, validation } = loaders;
  expect([train.count, validation.count]).toEqual([8, 2]);
  for (let index = 0; index < 8; index++) {
    const { pixels } = train.item(index);
    const number = (pixels[0] as number) / 20;
    expect(train.answer(index)).toBe(['class 2', 'class 10', 'class 1'][number % 3]);
    expect(pixels.length).toBe(4 * 6 * 3);
  }
  expect(train.xs.shape).toEqual([8, 4, 6, 3]);
  expect([...train.ys.dataSync()]).toEqual(
    Array.from({ length: 8 }, (_, index) => loaders.classes.indexOf(train.answer(index))),
  );
  loaders.dispose();
});

test('files may be named one by one, and say themselves what they show', async () => {
  const directory = folder();
  const names = ['cat 1.png', 'dog 1.png', 'cat 2.png', 'dog 2.png'];
  const files = names.map((name) => path.join(directory, name));
  for (const file of files) await writePicture(file, plain(4, 6, 9));
  const labelOf = (file: string): string => path.posix.basename(file).split(' ')[0] ?? '';
  const progress: number[] = [];
  const onProgress = ({ done }: { done: number }): number => progress.push(done);
  const loaders = await imageLoaders({ files, ...SIZE, channels: 1, labelOf, name: 'pets', onProgress });
  expect(loaders).toMatchObject({ classes: ['cat', 'dog'], inputShape: [4, 6, 1], name: 'pets' });
  expect(progress).toEqual([1, 2, 3, 4]);
});

test('what cannot be learned from is said', async () => {
  const directory = folder();
  mkdirSync(path.join(directory, 'empty'));
  const empty = await thrownBy(imageLoaders({ folder: path.join(directory, 'empty'), ...SIZE }));
  expect(empty.code).toBe('DATA_MISSING');
  expect(empty.message).toContain('empty holds no pictures\nPictures end in .png');
  expect((await thrownBy(imageLoaders({ folder: path.join(directory, 'gone'), ...SIZE }))).code).toBe(
    'DATA_MISSING',
  );
  expect((await thrownBy(imageLoaders({ files: [], ...SIZE }))).message).toBe(
    'imageLoaders: the list of files is empty',
  );
  await writePicture(path.join(directory, 'one/cat/1.png'), plain(2, 2, 0));
  await writePicture(path.join(directory, 'one/cat/2.png'), plain(2, 2, 0));
  const single = await thrownBy(imageLoaders({ folder: path.join(directory, 'one'), ...SIZE }));
  expect(single).toMatchObject({ code: 'DATA_FORMAT' });
  expect(single.message).toContain('imageLoaders: all 2 pictures are of one class, cat\nPut the pictures');
  mkdirSync(path.join(directory, 'one/dog'));
  writeFileSync(path.join(directory, 'one/dog/3.png'), 'no picture');
  const broken = await thrownBy(imageLoaders({ folder: path.join(directory, 'one'), ...SIZE }));
  expect(broken.code).toBe('DATA_UNREADABLE');
  expect(broken.message).toContain('one/dog/3.png cannot be read as a picture');
  await expect(imageLoaders({ ...SIZE })).rejects.toThrow('expected either folder or files');
  await expect(imageLoaders({ folder: 'a', files: ['b'], ...SIZE })).rejects.toThrow(TypeError);
});
