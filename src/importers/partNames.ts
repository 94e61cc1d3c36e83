/** Names of folders that say what is in them for. */
export const isTrain = (name: string): boolean => /^train(ing)?$/i.test(name);
export const isTest = (name: string): boolean => /^test(ing)?$/i.test(name);
export const isValidation = (name: string): boolean => /^val(id|idation)?$/i.test(name);
