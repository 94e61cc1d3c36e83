import type { MetricId } from '../../core/cost/metrics';
import type { Alternation } from '../../core/config/searchConfig';
import type { Schedule } from '../../core/config/searchConfig';
import type { Excess } from '../../core/config/searchConfig';
import type { Preset, PresetName, Sampling, SpaceKind } from '../../core/config/searchConfig';
import { metricTexts } from '../../core/cost/metricTexts';
import { isBusy } from '../../store/isBusy';
import { searchesOf } from '../../store/searchesOf';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { NumberField } from './NumberField';
import { SelectField } from './SelectField';

const presetNames: Readonly<Record<PresetName, string>> = { quick: 'Quick: minutes', paper: 'The paper’s: days' };
const mixingNames = { soft: 'All candidates by weight', hard: 'One candidate at a time' };
const noiseNames: Readonly<Record<Sampling['noise'], string>> = { none: 'Softmax', gumbel: 'Gumbel-softmax' };
const bilevelNames: Readonly<Record<'off' | Alternation, string>> = {
  off: 'Training examples, with the weights',
  epochs: 'Validation examples, epochs in turn',
  steps: 'Validation examples, steps in turn',
};
const scheduleNames: Readonly<Record<Schedule, string>> = {
  constant: 'Constant',
  cosine: 'Cosine',
  exponential: '1 % less per epoch',
  steps: 'A fifth after each third',
};
const optimizerNames = { adam: 'Adam', sgd: 'Gradient descent' };
const excessNames: Readonly<Record<Excess, string>> = {
  above: 'What is above a target',
  absolute: 'Any distance from a target',
  proportionate: 'What is above, or out of proportion below',
};

/** The first strength of objectives: costs as high as the seed network's add half a unit of loss. */
const FIRST_STRENGTH = 0.5;

/** The method, and a preset for all fields below. */
export function MethodField() {
  const workbench = useWorkbench();
  const method = useWorkbenchState((state) => state.method);
  const strategies = useWorkbenchState((state) => state.strategies);
  const presetName = useWorkbenchState((state) => state.presetName);
  const busy = useWorkbenchState((state) => isBusy(state.run));
  return (
    <div className="fields">
      <SelectField
        label="Method"
        value={method}
        options={Object.fromEntries(strategies.map(({ id, label }) => [id, label]))}
        disabled={busy}
        onChange={(value) => void workbench.chooseMethod(value)}
      />
      <SelectField
        label="Preset"
        value={presetName}
        options={presetNames}
        disabled={busy}
        onChange={(value) => workbench.choosePreset(value)}
      />
    </div>
  );
}

/** Whether all limited costs, one of them or none are objectives. */
function costNames(limited: readonly MetricId[]): Readonly<Partial<Record<'constraints' | 'all' | MetricId, string>>> {
  return {
    constraints: 'Constraints',
    all: 'Objectives of fixed strength (classic)',
    ...(limited.length > 1 && Object.fromEntries(limited.map((id) => [id, `Constraints, with ${metricTexts[id].word} as an objective`]))),
  };
}

/** All choices of the chosen method that the paper names. */
export function MethodFields() {
  const workbench = useWorkbench();
  const preset = useWorkbenchState((state) => state.preset);
  const objective = useWorkbenchState((state) => state.objective);
  const targets = useWorkbenchState((state) => state.targets);
  const limited = Object.keys(targets) as MetricId[];
  // A cost whose limit was removed is no objective any more. If only one is left, it stands for all.
  const held = objective !== null && (objective.costs === 'all' || limited.includes(objective.costs));
  const chosen = held ? { ...objective, ...(limited.length === 1 && { costs: 'all' as const }) } : null;
  const searches = useWorkbenchState(searchesOf);
  const disabled = useWorkbenchState((state) => isBusy(state.run));
  const { sampling, temperature, warmup, schedules, earlyStop } = preset;
  const choose = (change: Partial<Preset>) => workbench.choose(change);
  const perKind = (label: string, kind: SpaceKind) => (searches.length > 1 ? `${label}, ${kind}` : label);
  const number = (
    label: string,
    value: number,
    [min, max]: readonly [number, number],
    onChange: (value: number) => void,
    whole = false,
  ) => <NumberField label={label} value={value} min={min} max={max} whole={whole} disabled={disabled} onChange={onChange} />;
  const schedule = (label: string, phase: keyof Preset['schedules']) => (
    <SelectField
      label={label}
      value={schedules[phase]}
      options={scheduleNames}
      disabled={disabled}
      onChange={(value) => choose({ schedules: { ...schedules, [phase]: value } })}
    />
  );
  return (
    <div className="fields">
      {searches.includes('candidates') && (
        <>
          <SelectField
            label="Candidates’ weights"
            value={sampling.noise}
            options={noiseNames}
            disabled={disabled}
            onChange={(noise) => choose({ sampling: { ...sampling, noise } })}
          />
          <SelectField
            label="Mixing"
            value={sampling.hard ? 'hard' : 'soft'}
            options={mixingNames}
            disabled={disabled}
            onChange={(mixing) => choose({ sampling: { ...sampling, hard: mixing === 'hard' } })}
          />
          {number('Strength against equal weights (ICV)', preset.icv, [0, 1000], (icv) => choose({ icv }))}
        </>
      )}
      {number('Temperature at the start', temperature.start, [1e-3, 100], (start) => choose({ temperature: { ...temperature, start } }))}
      {number('Temperature at the end', temperature.end, [1e-3, 100], (end) => choose({ temperature: { ...temperature, end } }))}
      {searches.map((kind) => (
        <SelectField
          key={kind}
          label={perKind('Architecture learns from', kind)}
          value={preset.bilevel[kind]}
          options={bilevelNames}
          disabled={disabled}
          onChange={(value) => choose({ bilevel: { ...preset.bilevel, [kind]: value } })}
        />
      ))}
      <SelectField
        label="Costs are"
        value={chosen?.costs ?? 'constraints'}
        options={costNames(limited)}
        disabled={disabled}
        onChange={(costs) =>
          workbench.chooseObjective(costs === 'constraints' ? null : { costs, strength: objective?.strength ?? FIRST_STRENGTH })
        }
      />
      {chosen &&
        number('Strength of the costs', chosen.strength, [1e-6, 1e6], (strength) => workbench.chooseObjective({ ...chosen, strength }))}
      {searches.map((kind) => (
        <SelectField
          key={kind}
          label={perKind('Penalty on', kind)}
          value={preset.excess[kind]}
          options={excessNames}
          disabled={disabled}
          onChange={(excess) => choose({ excess: { ...preset.excess, [kind]: excess } })}
        />
      ))}
      <SelectField
        label="Optimizer, warm-up"
        value={warmup.optimizer}
        options={optimizerNames}
        disabled={disabled}
        onChange={(optimizer) => choose({ warmup: { ...warmup, optimizer } })}
      />
      <WarmupRate disabled={disabled} />
      {schedule('Schedule, warm-up', 'warmup')}
      {schedule('Schedule, search', 'search')}
      {schedule('Schedule, fine-tune', 'finetune')}
      {number('Weight decay', preset.weightDecay, [0, 1], (weightDecay) => choose({ weightDecay }))}
      {number(
        'Patience in epochs (0: none)',
        earlyStop.patience,
        [0, 1000],
        (patience) => choose({ earlyStop: { ...earlyStop, patience } }),
        true,
      )}
      {number('Validation share', preset.validationShare, [0.01, 0.9], (validationShare) => choose({ validationShare }))}
    </div>
  );
}

/** The weights' rate in warm-up. Until it is set, it is that of the other phases. */
function WarmupRate({ disabled }: { disabled: boolean }) {
  const workbench = useWorkbench();
  const { warmup } = useWorkbenchState((state) => state.preset);
  const weightRate = useWorkbenchState((state) => state.settings.weightRate);
  return (
    <NumberField
      label="Learning rate, warm-up"
      value={warmup.rate ?? weightRate}
      min={1e-6}
      max={10}
      whole={false}
      disabled={disabled}
      onChange={(rate) => workbench.choose({ warmup: { ...warmup, rate } })}
    />
  );
}
