declare module '*.wasm?url' {
  const url: string;
  export default url;
}

declare module '*?worker&inline' {
  const InlineWorker: new () => Worker;
  export default InlineWorker;
}
