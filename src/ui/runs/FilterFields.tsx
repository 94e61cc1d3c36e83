import { metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { locale, say, word } from '../../core/language/say';
import { capital } from '../../core/words';
import { statusNames, type Filter, type NamedRun, type Order, type Status } from '../../store/runList';
import { useMemo } from '../language/memo';

interface FilterFieldsProps {
  readonly all: readonly NamedRun[];
  readonly filter: Filter;
  readonly order: Order;
  readonly onFilter: (filter: Filter) => void;
  readonly onOrder: (order: Order) => void;
}

const orders: readonly (readonly [Order, string])[] = [
  ['newest', word('Newest first')],
  ['oldest', word('Oldest first')],
  ['name', word('By name')],
  ['quality', word('Best quality first, by task')],
];

const costOrders = ['flashBytes', 'ramBytes', 'latencyMs', 'energyUj', 'macs'] as const satisfies readonly MetricId[];

/** Which runs are listed, and in which order. */
export function FilterFields({ all, filter, order, onFilter, onOrder }: FilterFieldsProps) {
  const options = useMemo(
    () => ({
      task: pairs(all, ({ task, taskTitle }) => [task, taskTitle]),
      method: pairs(all, ({ method, methodLabel }) => [method, methodLabel]),
      device: pairs(all, ({ deviceName }) => [deviceName, deviceName]),
      status: pairs(all, ({ status }) => [status, capital(say(statusNames[status]))]),
    }),
    [all],
  );
  const change = (changes: Partial<Filter>) => onFilter({ ...filter, ...changes });
  return (
    <div className="run-filter" role="search">
      <label className="search-field">
        {say('Search')} <input type="search" value={filter.text} onChange={({ target }) => change({ text: target.value })} />
      </label>
      <Pick label={say('Task')} value={filter.task} options={options.task} onChange={(task) => change({ task })} />
      <Pick label={say('Method')} value={filter.method} options={options.method} onChange={(method) => change({ method })} />
      <Pick label={say('Device')} value={filter.device} options={options.device} onChange={(device) => change({ device })} />
      <Pick
        label={say('State')}
        value={filter.status}
        options={options.status}
        onChange={(status) => change({ status: status as Status })}
      />
      <label>
        {say('Order')}{' '}
        <select value={order} onChange={({ target }) => onOrder(target.value as Order)}>
          {orders.map(([id, label]) => (
            <option key={id} value={id}>
              {say(label)}
            </option>
          ))}
          {costOrders.map((id) => (
            <option key={id} value={id}>
              {say('Least {cost} first', { cost: say(metricTexts[id].word) })}
            </option>
          ))}
        </select>
      </label>
      <label className="check">
        <input type="checkbox" checked={filter.starred} onChange={({ target }) => change({ starred: target.checked })} />{' '}
        {say('Starred only')}
      </label>
    </div>
  );
}

type Options = readonly (readonly [id: string, label: string])[];

function Pick({ label, value, options, onChange }: { label: string; value: string; options: Options; onChange: (id: string) => void }) {
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{say('All')}</option>
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The different values among runs, by label. */
function pairs(all: readonly NamedRun[], of: (run: NamedRun) => readonly [string, string]): Options {
  return [...new Map(all.map(of))].toSorted(([, a], [, b]) => a.localeCompare(b, locale()));
}
