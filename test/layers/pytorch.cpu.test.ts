import { layersAgainstPyTorch } from './pytorch';

layersAgainstPyTorch('cpu');
