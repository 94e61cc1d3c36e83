/** A helper thread of an import: it decodes pictures and computes features. */
import { decodePicture } from '../src/datasets/decodePicture';
import { answerCall, type HelperCall } from '../src/datasets/helper';
import { workHere } from '../src/importers/work';

const work = workHere(decodePicture);

onmessage = ({ data }: MessageEvent<HelperCall>) => void answerCall(data, work, (answer, moved) => postMessage(answer, moved));
