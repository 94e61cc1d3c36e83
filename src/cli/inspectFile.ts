/** Shows an int8 network of any program: its operations, sizes and costs. */
import { networkCosts } from '../core/cost/costTable';
import { deviceOf } from '../core/cost/devices/index';
import { constrainable, metricFor } from '../core/cost/metrics';
import { metricText, metricTexts } from '../core/cost/metricTexts';
import { asWorkbenchError, WorkbenchError } from '../core/errors';
import { planNetwork } from '../core/network/plan';
import { planArena } from '../core/quantize/arena';
import { asNetwork } from '../core/quantize/asNetwork';
import { inputsOf, tensorAt, type QuantizedGraph, type QuantizedTensor } from '../core/quantize/graph';
import { constantBytes } from '../exporters/int8/card';
import { readTflite } from '../exporters/tflite/read';
import { readGiven } from './foundNetwork';

/** @throws WorkbenchError `invalid-data` when the file cannot be read */
export async function inspectionOf(path: string, deviceId: string): Promise<string> {
  const device = deviceOf(deviceId);
  const bytes = await readGiven('--inspect', path);
  const graph = readTflite(bytes, path);
  const [input, output] = [tensorAt(graph, graph.input), tensorAt(graph, graph.output)];
  return [
    `input   ${described(input)}`,
    ...graph.operations.map((operation) => {
      const reads = inputsOf(operation).map((index) => tensorAt(graph, index).name);
      return `${operation.kind.padEnd(15)} ${described(tensorAt(graph, operation.output))} from ${reads.join(', ')}`;
    }),
    `output  ${described(output)}`,
    '',
    `file ${bytes.length} B, weights, biases and scales ${constantBytes(graph)} B, activations ${planArena(graph).bytes} B`,
    ...costLines(graph, path, device),
  ].join('\n');
}

const described = ({ name, shape, scale, zeroPoint }: QuantizedTensor) =>
  `${name} [${shape.join(', ')}], ${scale.toPrecision(6)} * (q - ${zeroPoint})`;

function costLines(graph: QuantizedGraph, path: string, device: ReturnType<typeof deviceOf>): string[] {
  try {
    const plan = planNetwork(asNetwork(graph));
    const metrics = constrainable(device).map((id) => metricFor(id, device));
    return networkCosts(plan, metrics).map((cost, index) => {
      const { id } = metrics[index] as (typeof metrics)[number];
      return `${metricTexts[id].name} on ${device.name}: ${metricText(id, cost)}`;
    });
  } catch (error) {
    throw new WorkbenchError('invalid-data', `${path} has no costs here, since ${asWorkbenchError(error).message}.`);
  }
}
