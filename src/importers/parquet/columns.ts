/** Finds the columns of pictures and labels of a Parquet file. */
import type { FileMetaData, SchemaTree } from 'hyparquet';
import { invalidData } from '../invalidData';

export interface Columns {
  readonly picture: string;
  readonly label: string;
  readonly classNames: readonly string[] | null;
}

/** What Hugging Face's library says about a column, in JSON under the key "huggingface". */
interface Feature {
  readonly _type?: unknown;
  readonly names?: unknown;
}

const LABEL_NAMES = ['label', 'labels', 'fine_label', 'class', 'target', 'y'];

/** @throws WorkbenchError `invalid-data` that names the columns there are when one is missing */
export function columnsOf(name: string, metadata: FileMetaData, schema: SchemaTree): Columns {
  const features = featuresOf(metadata);
  const isOf = (type: string) => (column: SchemaTree) => features[column.element.name]?._type === type;
  const columns = schema.children;
  const names = columns.map(({ element }) => element.name);
  const picture = columns.find(isOf('Image')) ?? columns.find((column) => !isOf('Audio')(column) && holdsFiles(column));
  if (!picture)
    throw invalidData(
      name,
      columns.some(isOf('Audio'))
        ? `holds sounds in its column "${columns.find(isOf('Audio'))?.element.name}", but the task learns from pictures. Choose a task for sounds.`
        : `has no column of pictures (binary, or with "bytes" in it) among ${names.join(', ')}. Save the data set with its pictures embedded.`,
    );
  const label =
    LABEL_NAMES.map((wanted) => columns.find(({ element }) => element.name.toLowerCase() === wanted)).find((column) => column) ??
    columns.find(isOf('ClassLabel'));
  if (!label || label.children.length > 0)
    throw invalidData(
      name,
      `has no column "label" with the class of each picture; it has ${names.join(', ')}. Rename the column with the classes.`,
    );
  const given = features[label.element.name]?.names;
  const classNames = Array.isArray(given) && given.every((one) => typeof one === 'string') ? given : null;
  return { picture: picture.element.name, label: label.element.name, classNames };
}

/** Binary, or a structure with a field of bytes, as Hugging Face's library writes it. */
function holdsFiles({ element, children }: SchemaTree): boolean {
  const binary = children.length === 0 ? element : children.find((child) => child.element.name === 'bytes')?.element;
  return binary?.type === 'BYTE_ARRAY' && binary.converted_type === undefined && binary.logical_type === undefined;
}

function featuresOf({ key_value_metadata: pairs }: FileMetaData): Readonly<Record<string, Feature | undefined>> {
  try {
    const { info } = JSON.parse(pairs?.find(({ key }) => key === 'huggingface')?.value ?? '{}') as { info?: { features?: unknown } };
    const features = info?.features;
    return typeof features === 'object' && features !== null ? (features as Record<string, Feature>) : {};
  } catch {
    // Without a description the columns' own types have to do.
    return {};
  }
}
