/** Small Parquet files for tests, as Hugging Face's library writes them. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { namedFile } from './imports';
import type { NamedFile } from '../../src/importers/exampleImporter';

/** The writer's own types, since it comes with a reader of another version. */
type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number];

interface ParquetContent {
  readonly pictures: readonly (Uint8Array | null)[];
  readonly labels: readonly (number | string | null)[];
  readonly classNames?: readonly string[];
  /** Whether a picture is a structure of bytes and path. */
  readonly struct?: boolean;
  readonly feature?: string;
  readonly rowsPerGroup?: number;
  /** A column "speaker_id" beside the others. */
  readonly speakers?: readonly string[];
}

export function parquetFile(
  name: string,
  { pictures, labels, classNames, struct = true, feature = 'Image', rowsPerGroup = 3, speakers }: ParquetContent,
): NamedFile {
  const text = labels.some((label) => typeof label === 'string');
  const bytes: SchemaElement = { name: struct ? 'bytes' : 'img', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' };
  const path: SchemaElement = { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' };
  const schema: SchemaElement[] = [
    { name: 'root', num_children: speakers ? 3 : 2 },
    ...(struct ? [{ name: 'img', num_children: 2, repetition_type: 'OPTIONAL' } as const, bytes, path] : [bytes]),
    { name: 'label', type: text ? 'BYTE_ARRAY' : 'INT64', ...(text && { converted_type: 'UTF8' }), repetition_type: 'OPTIONAL' },
    ...(speakers ? [{ name: 'speaker_id', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const] : []),
  ];
  const features = { img: { _type: feature }, label: { _type: 'ClassLabel', names: classNames } };
  const kvMetadata = classNames ? [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }] : [];
  const written = parquetWriteBuffer({
    columnData: [
      { name: 'img', data: pictures.map((picture, row) => (struct ? { bytes: picture ?? undefined, path: `${row}.png` } : picture)) },
      { name: 'label', data: labels.map((label) => (typeof label === 'number' ? BigInt(label) : label)) },
      ...(speakers ? [{ name: 'speaker_id', data: [...speakers] }] : []),
    ],
    schema,
    rowGroupSize: rowsPerGroup,
    kvMetadata,
  });
  return namedFile(name, new Uint8Array(written));
}
