/**
 * What a notebook's cells import: `import { … } from 'inkwell'`. Re-exports
 * only, in the order of the folders; the press half is not here.
 */
export { claim } from './core/claim';
export { byProfile, currentProfile, type Profile } from './core/profile';
export { createRandom, type Random } from './core/random';
export { type BatchOptions, batches } from './data/batches';
export { type Digits, type LoadDigitsOptions, loadDigits } from './data/digits';
export { type DigitImage, image } from './data/image';
export {
  type GreyImage,
  type ListedImage,
  listImages,
  readImage,
  writeImageFolder,
} from './data/image-folder';
export type { LabelledImages } from './data/labelled-images';
export { type SelectOptions, select, take } from './data/select';
export { type Split, type SplitOptions, split } from './data/split';
export { imageTensor, imageTensor4d, labelTensor, oneHotTensor } from './data/tensors';
export { currentEngine, type Engine, type EngineName, useEngine } from './engine/engine';
export { type MemoryReport, memoryReport, withoutLeaks } from './engine/memory';
export * as tf from './engine/tf';
export { type CsvOptions, frame, frameFromCsv, type RowOf, readCsv } from './frames/create';
export type { Frame, SortOptions } from './frames/frame';
export type { GroupedFrame, Statistic, SummarySpec } from './frames/grouped-frame';
export { imageFrame, type PixelSource } from './frames/pixels';
export type { Columns } from './frames/table-from';

export { type BarChartOptions, type BarSeries, barChart } from './views/charts/bar-chart';
export type { ChartOptions } from './views/charts/chart-options';
export { type FunctionPlotOptions, type FunctionSeries, functionPlot } from './views/charts/function-plot';
export { type HeatmapOptions, heatmap } from './views/charts/heatmap';
export { type HistogramOptions, histogram, type ValueSeries } from './views/charts/histogram';
export { type LineChartOptions, type LineSeries, lineChart } from './views/charts/line-chart';
export { type PointSeries, type ScatterOptions, scatter } from './views/charts/scatter';
export { display } from './views/display';
export { type FrameViewOptions, frameView } from './views/frame-view';
export { type ImageGridOptions, imageGrid } from './views/image-grid';
export { type PixelTableOptions, pixelTable } from './views/pixel-table';
export { type PlotOptions, plot } from './views/plot';
export type { PlotLayout, PlotTrace } from './views/plot-types';
export { type ProgressBar, type ProgressBarOptions, progressBar } from './views/progress-bar';
export { type TensorViewOptions, tensorView } from './views/tensor-view';
export type { View } from './views/view';
