/** Pictures in folders that are named after their classes. */
import { word } from '../core/language/say';
import { firstLater } from '../core/language/lists';
import { sayLater, type Told } from '../core/language/told';
import { pictureWords, type Dataset } from '../core/data/dataset';
import { assertLearnable } from './classRules';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { decodePictures, isPicture, pictureExtensions } from './pictures/decodePictures';
import { drawTestFiles } from './pictures/drawTestFiles';
import { folderLayout } from './pictures/folderLayout';
import { drawnWarning, refuseHoldOut } from './testShare';

export const pictureFolders: ExampleImporter = {
  id: 'picture-folders',
  title: word('pictures in a folder per class'),
  kind: 'picture',
  extensions: pictureExtensions,
  hint: word('Pictures (JPEG, PNG, WebP, GIF) lie in a folder per class, which may lie in folders "train" and "test".'),
  recognises: (names) => names.some(isPicture),
  read,
};

async function read(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  refuseHoldOut(options, sayLater('Folders of pictures'));
  const { classNames, warnings, ...parts } = folderLayout(files);
  const { train, test } = parts.test ? { train: parts.train, test: parts.test } : drawTestFiles(parts.train, options.randomSeed);
  const drawn = parts.test ? [] : [drawnWarning(sayLater('No folder "test" beside "train" says which pictures test'), pictureWords)];
  const decoded = await decodePictures(train, test, options);
  assertLearnable(name, classNames, decoded.train, pictureWords);
  return {
    name,
    words: pictureWords,
    synthetic: false,
    shape: options.task.example.shape,
    classNames,
    ...(drawn[0] && { split: drawn[0] }),
    train: decoded.train,
    test: decoded.test,
    warnings: [...warnings, ...drawn, ...otherFormats(files), ...decoded.warnings],
  };
}

/** Pictures that are not read here; other files, such as a licence, are passed over in silence. */
const OTHER_PICTURE = /\.(bmp|tiff?|avif|hei[cf]|jp2|jxl|p[bgnp]m|tga|svg)$/i;
const NAMED = 3;

function otherFormats(files: readonly NamedFile[]): Told[] {
  const names = files.flatMap(({ name }) => (OTHER_PICTURE.test(name) ? [name] : []));
  if (names.length === 0) return [];
  return [
    sayLater(
      '{count, plural, one {# file is a picture} other {# files are pictures}} in another format than JPEG, PNG, WebP or GIF and left out: {names}. Convert what you need.',
      { count: names.length, names: firstLater(names, NAMED) },
    ),
  ];
}
