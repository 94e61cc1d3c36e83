/**
 * tfjs's WebGL backend on a context that we make ourselves: the stock one goes on with a context that is lost, and waits for ever for values
 * that lay on it.
 */
import { env, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { word } from '../core/language/say';
import { lostDevice } from '../core/lostDevice';

/** As tfjs makes its own. */
const ATTRIBUTES: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  premultipliedAlpha: false,
  preserveDrawingBuffer: false,
  depth: false,
  stencil: false,
  failIfMajorPerformanceCaveat: true,
};

/** A private method of tfjs's GPGPUContext, through which all reading waits for the device. */
interface Fencing {
  createFence(gl: WebGL2RenderingContext): { readonly query: unknown; readonly isFencePassed: () => boolean };
}

let alive: WebGL2RenderingContext | null = null;

/** Registers the backend as "webgl". Further calls change nothing until its context is lost. @throws Error with a reason for people, in English */
export async function registerWebgl(): Promise<void> {
  if (alive && !alive.isContextLost()) return;
  // tfjs takes no canvas outside the page there, whether or not the browser draws on it.
  if (env().getBool('IS_SAFARI')) throw new Error(word('TensorFlow.js does not use WebGL in Safari’s workers'));
  const { GPGPUContext, MathBackendWebGL, setWebGLContext } = await import('@tensorflow/tfjs-backend-webgl');
  // Nobody asks for a lost context of this canvas to be restored, so it stays lost, and `isContextLost` is the whole truth.
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2', ATTRIBUTES);
  if (!gl) throw new Error(word('this browser has no WebGL 2 in workers'));
  alive = gl;
  setWebGLContext(2, gl);
  // The package has registered its own backend; one whose context is lost must go too.
  removeBackend('webgl');
  registerBackend(
    'webgl',
    () => {
      const context = new GPGPUContext(gl);
      endWaiting(context as unknown as Fencing, gl);
      return refusingZeros(new MathBackendWebGL(context), gl);
    },
    2,
  );
}

/** A part of tfjs's backend: values that are on the host already, and all that reads others. */
interface Reading {
  readonly texData: { get(id: object): { readonly values: unknown } };
  read(id: object): Promise<unknown>;
  readSync(id: object): unknown;
}

/** What lay on a lost context reads as zeros, which nobody may take for values. */
export function refusingZeros<Backend>(backend: Backend, gl: Pick<WebGL2RenderingContext, 'isContextLost'>): Backend {
  const reading = backend as unknown as Reading;
  const [read, readSync] = [reading.read.bind(reading), reading.readSync.bind(reading)];
  const isLost = (onHost: boolean) => !onHost && gl.isContextLost();
  const isOnHost = (id: object) => reading.texData.get(id).values !== null;
  reading.read = async (id) => {
    const onHost = isOnHost(id);
    const values = await read(id);
    if (isLost(onHost)) throw lostDevice('');
    return values;
  };
  reading.readSync = (id) => {
    const onHost = isOnHost(id);
    const values = readSync(id);
    if (isLost(onHost)) throw lostDevice('');
    return values;
  };
  return backend;
}

/** A lost context passes no fence, so reading would never end. */
function endWaiting(context: Fencing, gl: WebGL2RenderingContext): void {
  const createFence = context.createFence.bind(context);
  context.createFence = (of) => {
    const { query, isFencePassed } = createFence(of);
    return { query, isFencePassed: () => gl.isContextLost() || isFencePassed() };
  };
}
