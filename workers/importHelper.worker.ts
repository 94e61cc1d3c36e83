/** A helper thread of an import: it decodes pictures and computes features. */
import { decodePicture } from '../src/datasets/decodePicture';
import { answerCall, type HelperCall } from '../src/datasets/helper';
import { promptCollection } from '../src/datasets/promptCollection';
import { workHere } from '../src/importers/work';

const work = workHere(decodePicture);

let calls = 0;

onmessage = ({ data }: MessageEvent<HelperCall>) => {
  promptCollection(++calls);
  void answerCall(data, work, (answer, moved) => postMessage(answer, moved));
};
