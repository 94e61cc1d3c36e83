/** The list of exports, in display order. */
import { WorkbenchError } from '../core/errors';
import type { Exporter } from './exporter';
import { c } from './c/c';
import { everything } from './everything';
import { network } from './network';
import { onnx } from './onnx/onnx';
import { run } from './run';
import { tflite } from './tflite/tflite';

export const exporters: Exporter[] = [network, run, tflite, onnx, c];

/** What the page offers: also all files at once. A command names the exports that it wants instead. */
export const downloads = (): readonly Exporter[] => [...exporters, everything(exporters)];

/** @throws WorkbenchError `invalid-setting` that names the known exports */
export function exporterFor(id: string): Exporter {
  const found = exporters.find((exporter) => exporter.id === id);
  if (!found)
    throw new WorkbenchError('invalid-setting', `there is no export "${id}"; there are: ${exporters.map((e) => e.id).join(', ')}`);
  return found;
}

/** One of `downloads`. @throws WorkbenchError as `exporterFor` */
export const downloadFor = (id: string): Exporter => downloads().find((exporter) => exporter.id === id) ?? exporterFor(id);
