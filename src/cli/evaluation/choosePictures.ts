/** The pictures of an evaluation. */
import { firstPictures, type Dataset } from '../../core/data/dataset';
import { shapeDataset } from '../../core/data/shapes';
import { readPictureFolder } from '../pictureFolder';

export interface PictureChoice {
  /** `embedded`, or a folder's path. */
  readonly data: string;
  /** At most so many pictures to learn from and to test on. */
  readonly train: number;
  readonly test: number;
}

/** @throws WorkbenchError `invalid-data` when the folder cannot be used */
export async function picturesOf({ data, train, test }: PictureChoice): Promise<Dataset> {
  if (data === 'embedded') return shapeDataset(train, test);
  const folder = await readPictureFolder(data);
  return { ...folder, train: firstPictures(folder.train, train), test: firstPictures(folder.test, test) };
}
