/** Width and height of a picture file as its head claims them, before anything is decoded. */

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
    if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
    if (view.getUint32(0) === 0x47494638) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250) return webpSize(view);
    return view.getUint16(0) === 0xffd8 ? jpegSize(view) : null;
  } catch (reason) {
    if (reason instanceof RangeError) return null;
    throw reason;
  }
}

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
