/** A model learned from data: versioned JSON, every number of it explainable. */
export interface TrainedModel {
  format: 'mash.linkage-model/1';
  [key: string]: unknown;
}
