/**
 * NumPy's .npy files, versions 1 to 3. Source: numpy.org/doc/stable/reference/generated/numpy.lib.format.html: six bytes of magic, two of
 * version, the length of the header, and the header, a Python dictionary with `descr`, `fortran_order` and `shape`.
 */
import { word } from '../../core/language/say';
import { sentencesLater } from '../../core/language/lists';
import { sayLater, type Told } from '../../core/language/told';
import { invalidData } from '../invalidData';
import { numberTypes, productOf, readNumbers, stridesOf, type NumberArray } from './numberArray';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const NEEDS = word('Save it with numpy.save as an array of bytes, whole numbers or floats.');
const needing = (problem: Told) => sentencesLater([problem, sayLater(NEEDS)]);

/** @throws WorkbenchError `invalid-data` for another format, another type than numbers, or a file that ends early */
export function readNpy(bytes: Uint8Array, name: string): NumberArray {
  if (bytes.length < 12 || !MAGIC.every((byte, at) => bytes[at] === byte)) throw invalidData(name, needing(sayLater('is no .npy file.')));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] as number;
  if (version < 1 || version > 3)
    throw invalidData(name, needing(sayLater('has version {version} of the .npy format; 1 to 3 are known.', { version })));
  const [headerAt, headerLength] = version === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const header = new TextDecoder().decode(bytes.subarray(headerAt, Math.min(headerAt + headerLength, bytes.length)));
  const [, order, code] = /'descr':\s*'([<>|=])([a-zA-Z]\d*)[^']*'/.exec(header) ?? [];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const dimensions = /'shape':\s*\(([\d,\sL]*)\)/.exec(header)?.[1];
  if (code?.startsWith('O'))
    throw invalidData(
      name,
      sayLater('holds Python objects, which are pickles: programs that are not run here. Stack its pictures to one array of numbers.'),
    );
  const type = numberTypes[code ?? ''];
  if (!type)
    throw invalidData(name, needing(code ? sayLater('holds values of the type "{code}".', { code }) : sayLater('holds no plain numbers.')));
  if (fortran === undefined || dimensions === undefined) throw invalidData(name, sayLater('has a damaged header. Fetch it again.'));
  const shape = dimensions.split(',').flatMap((text) => (text.trim() === '' ? [] : [Number.parseInt(text, 10)]));
  const count = productOf(shape);
  const from = headerAt + headerLength;
  if (!Number.isSafeInteger(count) || count * type.bytes > bytes.length - from)
    throw invalidData(name, sayLater('claims {count, number} values, but ends before. Fetch it again.', { count }));
  const values = readNumbers(bytes.subarray(from, from + count * type.bytes), type, order === '>');
  return { name, shape, strides: stridesOf(shape, fortran === 'True'), values };
}
