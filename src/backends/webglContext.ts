/**
 * tfjs's WebGL backend on a context that we make ourselves: the stock one goes on with a context that is lost, and waits for ever for values
 * that lay on it.
 */
import { env, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { word } from '../core/language/say';

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
  const { GPGPUContext, MathBackendWebGL, setWebGLContext } = await import('@tensorflow/tfjs-backend-webgl');
  // Nobody asks for a lost context of this canvas to be restored, so it stays lost, and `isContextLost` is the whole truth.
  const gl = env().getBool('IS_SAFARI') ? null : new OffscreenCanvas(1, 1).getContext('webgl2', ATTRIBUTES);
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
      return new MathBackendWebGL(context);
    },
    2,
  );
}

/** A lost context passes no fence, so reading would never end. It ends with zeros instead, and the watch of the step says why. */
function endWaiting(context: Fencing, gl: WebGL2RenderingContext): void {
  const createFence = context.createFence.bind(context);
  context.createFence = (of) => {
    const { query, isFencePassed } = createFence(of);
    return { query, isFencePassed: () => gl.isContextLost() || isFencePassed() };
  };
}
