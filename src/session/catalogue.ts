import { strategies } from '../core/strategies/index';
import { downloadOf } from '../exporters/download';
import { downloads } from '../exporters/index';
import { hubHosts } from '../importers/hub/hub';
import { exampleImporters } from '../importers/index';
import { archiveExtensions } from '../importers/openFiles';
import type { Catalogue } from '../protocol/protocol';

/** What there is to choose from, without the functions behind it. */
export const catalogue = (): Catalogue => ({
  strategies: strategies.map(({ id, label, searches, eitherSpace, gradients, options }) => ({
    id,
    label,
    searches,
    ...(eitherSpace && { eitherSpace }),
    gradients,
    options,
  })),
  // Every format may come in an archive.
  imports: exampleImporters.map(({ id, kind, extensions, hint }) => ({
    id,
    kind,
    extensions: [...extensions, ...archiveExtensions],
    hint,
  })),
  hubHosts,
  exports: downloads().map((exporter) => {
    const { id, label, note, int8, snippets } = exporter;
    return { id, label, note, ...(int8 && { int8 }), ...(snippets && { snippets }), ...downloadOf(exporter) };
  }),
});
