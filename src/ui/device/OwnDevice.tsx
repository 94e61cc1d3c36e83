import { useState } from 'react';
import { ownDeviceProblems, parseOwnDevice } from '../../core/cost/devices/ownDevice';
import { say } from '../../core/language/say';
import { said } from '../../core/language/told';
import { ErrorText } from '../ErrorText';
import { download } from '../download';
import { isBusy } from '../../store/isBusy';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { ambiguityOf } from '../typedNumber';
import { describe, draftOf, fields, firstDraft, sameModel, type Draft } from './draft';
import { Residuals } from './Residuals';
import { UnitQuestion } from './UnitQuestion';

/** A form for a person's own device, which files can fill in. */
export function OwnDevice() {
  const workbench = useWorkbench();
  const own = useWorkbenchState((state) => state.ownDevice);
  const error = useWorkbenchState((state) => state.deviceError);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const [typed, setTyped] = useState<{ readonly draft: Draft; readonly over: typeof own } | null>(null);
  // A device that was read from a file later replaces what was typed.
  const draft = typed && typed.over === own ? typed.draft : own ? draftOf(own.device) : firstDraft;
  const [asked, setAsked] = useState(false);
  const description = describe(draft);
  const problems = ownDeviceProblems(description);
  const use = () => {
    setAsked(true);
    if (problems.size > 0) return;
    const device = parseOwnDevice(description);
    // A fitted model keeps its residuals when only the name or a memory size was changed by hand.
    const fitted = own !== null && sameModel(draft, draftOf(own.device));
    const { name, flashBytes, ramBytes } = device;
    void workbench.device.useOwn(fitted ? { ...own, device: { ...own.device, name, flashBytes, ramBytes } } : { device, residuals: null });
  };
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
    >
      <p className="hint">
        {say(
          'A layer takes so many cycles per multiply-accumulate (MAC) and per output value, by kind of layer; a network takes the fixed cycles once.',
        )}
      </p>
      {fields.map(({ key, label: inEnglish, perUnit }) => {
        const label = say(inEnglish);
        const wrong = asked || draft[key] !== firstDraft[key] ? problems.get(key) : undefined;
        const ambiguity = perUnit === null ? null : ambiguityOf(draft[key]);
        const problem = wrong === undefined ? null : (ambiguity ?? say('{field} {problem}.', { field: label, problem: said(wrong) }));
        const id = `own-device-${key}`;
        return (
          <div className="field" key={key}>
            <label htmlFor={id}>{label}</label>
            <input
              id={id}
              inputMode={key === 'name' ? 'text' : 'decimal'}
              value={draft[key]}
              disabled={busy}
              aria-invalid={problem !== null}
              aria-describedby={problem === null ? undefined : `${id}-problem`}
              onChange={(event) => setTyped({ draft: { ...draft, [key]: event.target.value }, over: own })}
            />
            {problem !== null && (
              <span className="error" id={`${id}-problem`} role="alert">
                {problem}
              </span>
            )}
          </div>
        );
      })}
      <div className="buttons">
        <button type="submit" className="primary" disabled={busy}>
          {say('Use this device')}
        </button>
        <label className={`button ${busy ? 'disabled' : ''}`}>
          {say('From a file …')}
          <input
            type="file"
            className="visually-hidden"
            multiple
            accept=".json,.csv"
            disabled={busy}
            aria-describedby="own-device-files"
            onChange={(event) => {
              if (event.target.files && event.target.files.length > 0) void workbench.device.readOwn([...event.target.files]);
              event.target.value = '';
            }}
          />
        </label>
        {own && (
          <button
            type="button"
            onClick={() => download('device.json', 'application/json', new TextEncoder().encode(JSON.stringify(own.device, null, 2)))}
          >
            {say('Download device')}
          </button>
        )}
      </div>
      <p className="hint" id="own-device-files">
        {say(
          'A description in JSON, or a table in CSV with the columns network, latencyMs and perhaps energyUj, one measured network a line: ic, vww, kws or ad of MLPerf Tiny, or a network file picked together with the table. The model is fitted to it.',
        )}
      </p>
      <UnitQuestion />
      <ErrorText of={error} />
      {own?.residuals && <Residuals residuals={own.residuals} />}
    </form>
  );
}
