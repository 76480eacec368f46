import * as path from 'node:path';
import type { CfnResource, FileAssetSource } from 'aws-cdk-lib';
import { FileAssetPackaging, Names, Stack, Stage } from 'aws-cdk-lib';
import type { CodeConfig, ResourceBindOptions } from 'aws-cdk-lib/aws-lambda';
import { Code } from 'aws-cdk-lib/aws-lambda';
import {
  ASSET_RESOURCE_METADATA_ENABLED_CONTEXT,
  ASSET_RESOURCE_METADATA_IS_BUNDLED_KEY,
  ASSET_RESOURCE_METADATA_PATH_KEY,
  ASSET_RESOURCE_METADATA_PROPERTY_KEY,
} from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import type { BundlePlan } from '../../plan/model/bundle-plan';

/**
 * Code of a bundle that is not made yet: its hash is registered when the function is created, and the bundle is put in
 * place at the end of the synthesis. CDK's own `AssetCode` would copy and hash the folder at once.
 */
export class BundleCode extends Code {
  public readonly isInline = false;

  /**
   * @param output the bundle's form, and its later absolute path
   * @param hash the asset hash
   * @param command makes the bundle when it is published; undefined if the bundle is made with the assembly
   */
  public constructor(
    private readonly output: Pick<BundlePlan['output'], 'packaging' | 'path'>,
    private readonly hash: string,
    private readonly command?: readonly string[],
  ) {
    super();
  }

  public override bind(scope: Construct): CodeConfig {
    const location = Stack.of(scope).synthesizer.addFileAsset({
      ...(this.command === undefined ? this.fileIn(scope) : { executable: [...this.command] }),
      sourceHash: this.hash,
      deployTime: true,
      displayName: `${Names.stackRelativeConstructPath(scope)}/Code`,
    });
    return { s3Location: { bucketName: location.bucketName, objectKey: location.objectKey } };
  }

  private fileIn(scope: Construct): Pick<FileAssetSource, 'packaging' | 'fileName'> {
    return {
      packaging: this.output.packaging === 'zip' ? FileAssetPackaging.FILE : FileAssetPackaging.ZIP_DIRECTORY,
      fileName: this.pathInAssembly(scope),
    };
  }

  /** Tells `sam local invoke` where the bundle is, under the same switch as CDK's own assets. */
  public override bindToResource(resource: CfnResource, options: ResourceBindOptions = {}): void {
    // A bundle that is made when it is published has no path before.
    if (this.command !== undefined) return;
    if (!resource.node.tryGetContext(ASSET_RESOURCE_METADATA_ENABLED_CONTEXT)) return;
    resource.addMetadata(ASSET_RESOURCE_METADATA_PATH_KEY, this.pathInAssembly(resource));
    resource.addMetadata(ASSET_RESOURCE_METADATA_IS_BUNDLED_KEY, true);
    resource.addMetadata(ASSET_RESOURCE_METADATA_PROPERTY_KEY, options.resourceProperty ?? 'Code');
  }

  /** The path relative to the assembly of the stack; a stage's bundles lie in the app's assembly, one folder up. */
  private pathInAssembly(scope: Construct): string {
    const assembly = Stage.of(scope)?.outdir;
    return assembly === undefined ? this.output.path : path.relative(assembly, this.output.path);
  }
}
