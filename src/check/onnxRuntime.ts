/** Runs .onnx files on ONNX Runtime's WebAssembly kernels in Node. */
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { pictureOf, type QuantizedTensor } from '../core/quantize/graph';

/** Channels first, as the files have pictures. */
export function channelsFirst(values: Int8Array, { shape }: Pick<QuantizedTensor, 'shape'>): Int8Array {
  const [height, width, channels] = pictureOf({ shape });
  return values.map((_, index) => values[(index % (height * width)) * channels + Math.floor(index / (height * width))] as number);
}

/** The other way round. */
export function channelsLast(values: Int8Array, { shape }: Pick<QuantizedTensor, 'shape'>): Int8Array {
  const [height, width, channels] = pictureOf({ shape });
  return values.map((_, index) => values[(index % channels) * height * width + Math.floor(index / channels)] as number);
}

/** All outputs of the file for each input, whose picture has its channels first. */
export async function runOnnx(file: Uint8Array, inputs: readonly Int8Array[], shape: readonly number[]): Promise<Int8Array[][]> {
  // Without the option, int8 activations are computed in floats on x86-64.
  const session = await InferenceSession.create(file, { logSeverityLevel: 3, extra: { session: { qdqisint8allowed: '1' } } });
  const results: Int8Array[][] = [];
  for (const input of inputs) {
    const outputs = await session.run({ [session.inputNames[0] as string]: new Tensor('int8', input, shape) });
    results.push(session.outputNames.map((name) => Int8Array.from(outputs[name]?.data as Int8Array)));
  }
  await session.release();
  return results;
}
