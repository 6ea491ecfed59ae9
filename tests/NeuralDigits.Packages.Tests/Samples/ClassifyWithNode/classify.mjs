// Classifies images with onnxruntime-web, which browsers run too, and prints a label for each:
// npm ci && node classify.mjs model.onnx t10k-images-idx3-ubyte
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-web';

const [modelPath, imagesPath] = process.argv.slice(2);
const session = await InferenceSession.create(await readFile(modelPath));

// IDX: four big-endian integers (magic number, images, rows, columns), then a byte for each pixel.
const file = await readFile(imagesPath);
const [images, rows, columns] = [4, 8, 12].map(offset => file.readUInt32BE(offset));
const features = Float32Array.from(file.subarray(16), pixel => pixel / 255);

const outputs = await session.run({ features: new Tensor('float32', features, [images, rows * columns]) });

// The label is the index of a class. For the digits that is the digit itself; a model's names are in its metadata, 'labels'.
for (const label of outputs.label.data) {
  console.log(String(label));
}
