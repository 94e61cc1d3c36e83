/** The network of a file that a person opened last: drawn, costed and measured like a found one, without a search. */
import { costTable } from '../core/cost/costTable';
import { metricsOn } from '../core/cost/deviceCosts';
import { deviceOf, type DeviceChoice } from '../core/cost/devices/index';
import { layerFacts } from '../core/cost/layerFacts';
import { modelWarnings } from '../core/cost/modelWarnings';
import type { NetworkPlan } from '../core/network/plan';
import { costsOf } from '../core/search/space';
import { WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';
import type { Engine } from '../core/search/training/engine';
import { openNetwork, type OpenedNetwork } from '../exporters/opened/opened';
import { measureOpened, type OpenedExamples, type OpenedQuality } from '../exporters/opened/quality';
import type { OpenedFile, SpaceSummary } from '../protocol/protocol';
import { summarize } from './layerSummary';
import type { Measuring } from './measurement';

export class OpenedNetworks {
  #last: OpenedNetwork | null = null;

  /** @throws WorkbenchError `invalid-data` that names the file and what of it cannot be read */
  async open(file: File, device: DeviceChoice): Promise<OpenedFile> {
    const opened = openNetwork(new Uint8Array(await file.arrayBuffer()), file.name, device);
    this.#last = opened;
    return { ...opened.summary, space: spaceOf(opened.plan, device) };
  }

  /** @throws WorkbenchError `busy` where none is open; scoring throws what `measureOpened` throws */
  measuring(examples: OpenedExamples, engine: Pick<Engine, 'lossOf'>): Measuring<OpenedQuality> {
    const opened = this.#last;
    if (!opened) throw new WorkbenchError('busy', sayLater('No file is open, so there is no network to measure. Open one first.'));
    return { total: examples.dataset.test.count, score: (onBatch) => measureOpened(opened, examples, engine, onBatch) };
  }
}

/** A network without choices as a space with one network in it, which the page draws as it draws any other. */
function spaceOf(plan: NetworkPlan, choice: DeviceChoice): SpaceSummary {
  const device = deviceOf(choice);
  const { name, clockHz, flashBytes, ramBytes, powerW, source } = device;
  const { metrics } = metricsOn(device, plan);
  const [table, costs, facts] = [costTable(plan, metrics), costsOf(plan, metrics), layerFacts(plan, metrics)];
  return {
    table,
    candidates: table,
    seedCosts: costs,
    largestCosts: costs,
    layers: plan.layers.map((layer) => summarize(layer, facts.get(layer.id) ?? [])),
    groups: [],
    device: { name, clockHz, flashBytes, ramBytes, powerW, source },
    warnings: modelWarnings(device, metrics),
  };
}
