/** What the head of a picture file claims, before anything is decoded. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * @param bytes a JPEG, PNG, WebP or GIF file
 * @returns null when the head of none of these is there, or it is too short
 */
export function claimedSize(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return sizeIn[formatOf(view) ?? 'none'](view);
  } catch (reason) {
    if (reason instanceof RangeError) return null;
    throw reason;
  }
}

/**
 * Decoders know other formats too, each its own ones: those that draw on request, such as SVG, can take any time for a few bytes.
 * @throws Error unless the file begins as a JPEG, PNG, WebP or GIF
 */
export function assertPictureHead(bytes: Uint8Array): void {
  const head = bytes.subarray(0, HEAD);
  if (head.length < HEAD || !formatOf(new DataView(head.buffer, head.byteOffset, HEAD)))
    throw new Error('the file is no JPEG, PNG, WebP or GIF');
}

/** So many bytes tell the formats from each other. */
const HEAD = 12;

function formatOf(view: DataView): 'png' | 'gif' | 'webp' | 'jpeg' | null {
  if (view.getUint32(0) === 0x89504e47) return 'png';
  if (view.getUint32(0) === 0x47494638) return 'gif';
  if (view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250) return 'webp';
  return view.getUint16(0) === 0xffd8 ? 'jpeg' : null;
}

const sizeIn: Readonly<Record<NonNullable<ReturnType<typeof formatOf>> | 'none', (view: DataView) => Size | null>> = {
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  webp: webpSize,
  jpeg: jpegSize,
  none: () => null,
};

/** Source: RFC 9649, sections 2.5 to 2.7. */
function webpSize(view: DataView): Size | null {
  const kind = view.getUint32(12);
  const threeBytes = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  if (kind === 0x56503858) return { width: threeBytes(24) + 1, height: threeBytes(27) + 1 };
  if (kind === 0x56503820) return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind !== 0x5650384c) return null;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** Goes from marker to marker until a frame begins. Source: ITU-T T.81, annex B. */
function jpegSize(view: DataView): Size {
  let at = 2;
  for (;;) {
    while (view.getUint8(at) !== 0xff) at++;
    while (view.getUint8(at) === 0xff) at++;
    const marker = view.getUint8(at++);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 3), width: view.getUint16(at + 5) };
    const standsAlone = marker === 0x00 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9);
    if (!standsAlone) at += view.getUint16(at);
  }
}
