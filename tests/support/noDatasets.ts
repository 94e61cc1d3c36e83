import { DatasetClient } from '../../src/client/datasetClient';

/** For tests of the application that read no examples. */
export const noDatasets = new DatasetClient(
  () => {
    throw new Error('this test reads no examples');
  },
  () => {},
);
