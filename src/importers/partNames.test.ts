import { expect, it } from 'vitest';
import { meaningOf, partOfFolder, partOfWord, partsByFolders } from './partNames';

it('names of folders say what is in them for, in whole words', () => {
  expect(['train', 'Test_set', 'val-images', 'dev', 'evaluation data', 'trains', 'retest', 'cat'].map(partOfFolder)).toEqual([
    ...(['train', 'test', 'validation', 'validation', 'evaluation'] as const),
    ...[null, null, null],
  ]);
  expect(['Training', 'test_set'].map(partOfWord)).toEqual(['train', null]);
});

it('eval tests where nothing else is named to, and is for validation beside a test', () => {
  expect((['train', 'validation', 'evaluation'] as const).map(meaningOf(['train', 'validation', 'evaluation']))).toEqual([
    'train',
    'validation',
    'test',
  ]);
  expect(meaningOf(['test', null])('evaluation')).toBe('validation');
  expect(partsByFolders([['top', 'train'], ['top'], ['eval', 'a'], ['dev']])).toEqual([null, null, 'test', 'validation']);
});
