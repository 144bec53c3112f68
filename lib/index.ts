/**
 * What a notebook's cells import: `import { … } from 'inkwell'`. Re-exports
 * only, in the order of the folders; the press half is not here.
 *
 * An argument or option of the wrong kind is refused with a TypeError that names
 * it, says what was expected and what came; a word that is no choice with a RangeError.
 */
export { claim } from './core/claim';
export { byProfile, currentProfile, type Profile } from './core/profile';
export { createRandom, type Random } from './core/random';
export { type BatchOptions, batches } from './data/batches';
export { type Digits, type LoadDigitsOptions, loadDigits } from './data/digits';
export type { Examples } from './data/examples';
export { type DigitImage, image } from './data/image';
export {
  type GreyImage,
  type ListedImage,
  listImages,
  readImage,
  writeImageFolder,
} from './data/image-folder';
export {
  type AdultIncomes,
  loadIncomes,
  type MadeIncomes,
  type MakeIncomesOptions,
  type PublicIncomesOptions,
} from './data/incomes';
export type { LabelledImages } from './data/labelled-images';
export { type Collate, DataLoader } from './data/loaders/data-loader';
export {
  type DataLoaders,
  type DataLoadersOptions,
  type DataOrigin,
  dataLoaders,
} from './data/loaders/data-loaders';
export {
  type Dataset,
  datasetOf,
  type SplitDatasetOptions,
  splitDataset,
  subset,
} from './data/loaders/dataset';
export { type DigitLoaders, digitLoaders, pairLoaders } from './data/loaders/digit-loaders';
export {
  type Encoding,
  type FittedLoaders,
  fittedLoaders,
} from './data/loaders/fitted-loaders';
export type { IncomeWorld, Person } from './data/made-incomes/make';
export type { Rating, RatingWorld } from './data/made-ratings/make';
export type { Review } from './data/made-reviews/make';
export { type LoadPetsOptions, loadPets } from './data/pets';
export {
  type ColourImage,
  type Mask,
  maskTensor,
  pictureTensor,
} from './data/pictures/colour-image';
export { type ImageLoadersOptions, imageLoaders } from './data/pictures/image-loaders';
export type { MaskClass, MaskClasses, MaskColour } from './data/pictures/mask-classes';
export { type Fit, type ReadPictureOptions, readPicture } from './data/pictures/read-picture';
export {
  type SegmentationLoadersOptions,
  segmentationLoaders,
} from './data/pictures/segmentation-loaders';
export type { AdultPerson } from './data/public-sets/adult';
export {
  loadRatings,
  type MadeRatings,
  type MakeRatingsOptions,
  type PublicRatingsOptions,
  type Ratings,
} from './data/ratings';
export {
  type Pair,
  type RatingEncoding,
  type RatingLoaders,
  type RatingLoadersOptions,
  ratingLoaders,
} from './data/ratings/rating-loaders';
export {
  loadReviews,
  type MakeReviewsOptions,
  type PublicReviewsOptions,
  type Reviews,
} from './data/reviews';
export { type SelectOptions, select, take } from './data/select';
export { type Split, type SplitOptions, split } from './data/split';
export { type LoadStreetScenesOptions, loadStreetScenes } from './data/street-scenes';
export type { CategoryColumn } from './data/tables/category-column';
export type { NumericColumn } from './data/tables/numeric-column';
export type { TableColumns, TableEncoding } from './data/tables/table-encoding';
export { type TableLoaders, type TableLoadersOptions, tableLoaders } from './data/tables/table-loaders';
export { imageTensor, imageTensor4d, labelTensor, oneHotTensor } from './data/tensors';
export { readTextFolder, type TextFolderOptions } from './data/texts/text-folder';
export {
  type TextEncoding,
  type TextLoaders,
  type TextLoadersOptions,
  type TextOptions,
  textLoaders,
  textLoadersOf,
} from './data/texts/text-loaders';
export { tokenize } from './data/texts/tokenize';
export type { Vocabulary, VocabularyOptions } from './data/texts/vocabulary';
export { type Compiled, type CompileOptions, compile } from './engine/compile/compile';
export { type RandomStream, randomStream } from './engine/compile/random-stream';
export { type RunStepsOptions, runSteps } from './engine/compile/run-steps';
export { currentEngine, type Engine, type EngineName, useEngine } from './engine/engine';
export { item } from './engine/item';
export { type MemoryReport, memoryReport, withoutLeaks } from './engine/memory';
export * as tf from './engine/tf';
export { type CsvOptions, frame, frameFromCsv, type RowOf, readCsv } from './frames/create';
export type { Frame, GroupedFrame, SortOptions } from './frames/frame';
export { imageFrame, type PixelSource } from './frames/pixels';
export type { Statistic, SummarySpec } from './frames/summaries';
export type { Columns } from './frames/table-from';

export type { InitializerName } from './layers/initializer';
export { initializeLsuv, type LsuvOptions } from './layers/lsuv';
export {
  disposeWeights,
  forward,
  forwardTraining,
  initialize,
  outputShape,
  parameterSpecs,
  type TrainingMode,
  type TrainingPass,
  type Weights,
} from './layers/net';
export type { Shape } from './layers/shape';
export type { ActivationName, LayerSpec, NetSpec } from './layers/spec';
export { parameterCount, type Summary, summary } from './layers/summary';

export { type AlexNetOptions, alexNet } from './models/alexnet';
export { type FeatureFinderOptions, featureFinder } from './models/feature-finder';
export { googLeNet, inceptionModule } from './models/inception';
export { type MatrixFactorizationOptions, matrixFactorization } from './models/matrix-factorization';
export { bigSimpleDeep, type MlpOptions, mlp } from './models/mlp';
export { type NielsenOptions, nielsen } from './models/nielsen';
export { type ResNetOptions, residualBlock, resNet } from './models/residual';
export { type SequenceClassifierOptions, sequenceClassifier } from './models/sequence';
export { embeddingSize, type TableNetOptions, tableNet } from './models/table-net';
export { bagOfWords, type TextNetOptions, type WordWindowsOptions, wordWindows } from './models/text';
export { type UNetOptions, uNet } from './models/u-net';
export { type VggBlock, type VggOptions, vgg, vggBlocks } from './models/vgg';
export type { RunResult, TestError } from './results/result';
export { type ResultLine, resultsTable, storedRuns } from './results/tables';

export { type AugmentOptions, augment } from './training/augment/augment';
export { expandByShifts } from './training/augment/expand';
export {
  type AverageOptions,
  averagedWeights,
  averageWeights,
  scoreAverage,
  useAverage,
  withAverage,
} from './training/average-weights';
export {
  checkpoints,
  earlyStopping,
  keepBest,
  printEpochs,
  reportProgress,
  saveBest,
  scoreTraining,
  testAtBest,
  testScores,
} from './training/callbacks';
export { loadNet, resumeFrom, saveCheckpoint, saveNet } from './training/checkpoint';
export { type ConfusionMatrix, confusionMatrix } from './training/diagnostics/confusion';
export { featureMaps, filters } from './training/diagnostics/maps';
export { type McNemar, mcNemar } from './training/diagnostics/mcnemar';
export { saliency } from './training/diagnostics/saliency';
export { type WeightHistogram, weightHistograms } from './training/diagnostics/weight-histograms';
export { worstErrors } from './training/diagnostics/worst-errors';
export { askEnsemble, scoreEnsemble } from './training/ensemble';
export { examplesOf } from './training/examples';
export { bestEpoch, curve, type EpochRecord, epochText, type History } from './training/history';
export { describeLoop, type Hooks } from './training/hooks';
export { Learner, type LearnerOptions } from './training/learner';
export { findLearningRate } from './training/learning-rate-finder';
export {
  crossEntropy,
  type Loss,
  logLikelihood,
  meanSquaredError,
  mnistLoss,
  quadratic,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
} from './training/losses';
export {
  accuracy,
  binaryAccuracy,
  type Metric,
  meanIntersectionOverUnion,
  topAccuracy,
} from './training/metrics';
export {
  adam,
  adamw,
  addL2,
  momentum,
  nesterov,
  type Optimizer,
  rmsprop,
  sgd,
} from './training/optimizers';
export { diagnoseOverfitting } from './training/overfitting';
export { constant, cosine, exponential, oneCycle, type Schedule, stepDecay } from './training/schedules';
export { inspectInside, refuseNan, watchInside } from './training/statistics';

export { type BarChartOptions, type BarSeries, barChart } from './views/charts/bar-chart';
export type { ChartOptions } from './views/charts/chart-options';
export { type ContourPlotOptions, contourPlot, type PathSeries } from './views/charts/contour-plot';
export { type FunctionPlotOptions, type FunctionSeries, functionPlot } from './views/charts/function-plot';
export { type HeatmapOptions, heatmap } from './views/charts/heatmap';
export { type HistogramOptions, histogram, type ValueSeries } from './views/charts/histogram';
export { type LineChartOptions, type LineSeries, lineChart } from './views/charts/line-chart';
export { type PointSeries, type ScatterOptions, scatter } from './views/charts/scatter';
export { type DiagramOptions, diagram } from './views/diagram';
export { display } from './views/display';
export { type FrameViewOptions, frameView } from './views/frame-view';
export { type ImageGridOptions, imageGrid } from './views/image-grid';
export { type InteractOptions, interact } from './views/interact';
export type { Control, Controls, ControlValue, StateOf } from './views/interact/controls';
export { type PixelTableOptions, pixelTable } from './views/pixel-table';
export { type PlotOptions, plot } from './views/plot';
export type { PlotLayout, PlotTrace } from './views/plot-types';
export { type ProgressBar, type ProgressBarOptions, progressBar } from './views/progress-bar';
export {
  type SegmentationGridOptions,
  type SegmentedPicture,
  segmentationGrid,
} from './views/segmentation-grid';
export { type SubplotsOptions, subplots } from './views/subplots';
export { type TensorViewOptions, tensorView } from './views/tensor-view';
export type { View } from './views/view';
